"""Fewer bytes, and not one letter or space of what a reader gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import Environment

from masthead.press.white_space import WithoutWhiteSpace, without_white_space


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>\n    One\n    two\n</p>", "<p>\nOne\ntwo\n</p>"),
        ("<div>By  <a>Mara</a>   <b>Noon</b></div>", "<div>By <a>Mara</a> <b>Noon</b></div>"),
        ("<p>a <em>b</em> <strong>c</strong></p>",) * 2,
        ("<p>a</p>\n\n\n<p>b</p>\n", "<p>a</p>\n<p>b</p>\n"),
        ("a<!-- why -->b", "ab"),
        ("a <!-- why\n\n  it is --> b", "a b"),
    ],
)
def test_white_space_shrinks_but_never_goes(written: str, read: str) -> None:
    assert without_white_space(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\n  {% set b = c %}\n  d", "a\n{% set b = c %}d"),
        ("a {# why #} d", "a {# why #}d"),
        ("a\n  {% if b %}\n    c\n  {% endif %}\n  d", "a\n{% if b %}c{% endif %}\nd"),
        ("a{% if b %} c{% endif %} d",) * 2,
        ("a {% if b %}c {% else %} d {% endif %}e",) * 2,
        ("{% for b in c %} {{ b }} {% endfor %} d",) * 2,
        ("a {{ b }} c {% include d %} e",) * 2,
        ("a {% set b %} c {% endset %} d",) * 2,
    ],
)
def test_white_space_on_both_sides_of_what_prints_nothing_is_one(written: str, read: str) -> None:
    assert without_white_space(written) == read


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
        '<p title=\'{{ a(">",  "  ") }}  {% if b %}  {% endif %}\'>c</p>',
        "{{ a('two  spaces') }}{% set b = '  ' %}{# two  spaces #}",
        "&lt;script&gt;  alert".replace("  ", " "),
    ],
)
def test_where_every_character_counts_none_is_touched(html: str) -> None:
    assert without_white_space(html) == html


PARTS = ["<p>", "</p>", "<pre>", "</pre>", "<a title='", "'>", '"', " ", "\n", "x", "<!--", "-->"]
CODE = ["{% if a %}", "{% endif %}", "{{ a }}", "{# a #}", "{% set a = b %}", "{%", "}}"]


@given(some.lists(some.sampled_from(PARTS + CODE), max_size=30).map("".join))
def test_made_smaller_twice_is_made_smaller_once(source: str) -> None:
    once = without_white_space(source)

    assert len(once) <= len(source)
    assert "".join(without_white_space(once).split()) == "".join(once.split()) or "<!--" in once


def test_the_text_of_a_mail_is_left_as_it_is():
    extension = WithoutWhiteSpace(Environment())

    assert extension.preprocess("Hello,\n\nyou", "readers/mail/confirm.txt") == "Hello,\n\nyou"
    assert extension.preprocess("<p>\n\n<b>", "readers/page.html") == "<p>\n<b>"
