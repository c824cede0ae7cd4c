"""Fewer bytes, and not one letter or space of what a reader gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from masthead.press.minifying import minified


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<p>\n    One\n    two\n</p>", "<p>\nOne\ntwo\n</p>"),
        ("<div>By  <a>Mara</a>   <b>Noon</b></div>", "<div>By <a>Mara</a> <b>Noon</b></div>"),
        ("<p>a <em>b</em> <strong>c</strong></p>",) * 2,
        ("<p>a</p>\n\n\n<p>b</p>\n", "<p>a</p>\n<p>b</p>"),
        ("a<!-- why -->b", "ab"),
        ("a <!-- why\n\n  it is --> b", "a  b"),
    ],
)
def test_white_space_shrinks_but_never_goes(written: str, sent: str) -> None:
    assert minified(written) == sent


@pytest.mark.parametrize(
    "html",
    [
        "<pre>  two\n\n\n  four  </pre>",
        "<textarea>\n  a\n\n  b</textarea>",
        '<script type="application/ld+json">{"a":  "b  <!-- c -->  d"}</script>',
        "<style>a  >  b { color:  red }</style>",
        '<input value="two  spaces">',
        '<p title="a  >\n\n  b">c</p>',
        "<p title='\"  <!-- -->  '>c</p>",
        "10\u00a0\u00a0000\u2009\u2009km",
        "a < b and c > d",
        "&lt;script&gt;  alert".replace("  ", " "),
    ],
)
def test_where_every_character_counts_none_is_touched(html: str) -> None:
    assert minified(html) == html


PARTS = ["<p>", "</p>", "<pre>", "</pre>", "<a title='", "'>", '"', " ", "\n", "x", "<!--", "-->"]


@given(some.lists(some.sampled_from(PARTS), max_size=30).map("".join))
def test_made_smaller_twice_is_made_smaller_once(html: str) -> None:
    once = minified(html)

    assert len(once) <= len(html)
    assert "".join(minified(once).split()) == "".join(once.split()) or "<!--" in once
