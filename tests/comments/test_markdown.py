"""What commenters may write with, and that nothing else gets through."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.comments.markdown import to_html
from masthead.comments.text import fingerprint, printed, tidy

ALLOWED = re.compile(
    r"</?(?:p|strong|em|blockquote|ul|ol|li|code|pre)>|<br>|</a>"
    r'|<a href="https?://[^"<>]*" rel="nofollow ugc noopener">'
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** c", "<p>a <strong>b</strong> c</p>"),
        ("a *b* _c_", "<p>a <em>b</em> <em>c</em></p>"),
        ("snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("> a\n> b\n\nc", "<blockquote><p>a<br>b</p></blockquote><p>c</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("```\n**a**\n```\nb", "<pre><code>**a**</code></pre><p>b</p>"),
        ("\\*a\\*", "<p>*a*</p>"),
        ("**a", "<p>**a</p>"),
        ("**a *b** c*", "<p><strong>a *b</strong> c*</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("- ", "<p>-</p>"),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_markdown(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://a.example/b.", "https://a.example/b"),
        ("(https://a.example/c(d))", "https://a.example/c(d)"),
        ("[here](https://a.example)", "https://a.example"),
        ("https://a.example?x=1&y=2", "https://a.example?x=1&amp;y=2"),
    ],
)
def test_links_are_nobodys_recommendation(text: str, url: str) -> None:
    assert f'<a href="{url}" rel="nofollow ugc noopener">' in printed(text)


@given(st.text(max_size=400))
def test_only_our_own_tags_come_out(text: str) -> None:
    html = printed(tidy(text))

    rest = ALLOWED.sub("", html)

    assert "<" not in rest
    assert ">" not in rest


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*"*_`[]()<>&\"'\n>- h", "http://", "](", "```", "**"])))
def test_marks_in_any_order_come_out_well_formed(pieces: list[str]) -> None:
    html = printed("".join(pieces))

    assert printed("".join(pieces)) == html
    for tag in ("strong", "em", "blockquote", "ul", "ol", "li", "code", "pre", "a", "p"):
        assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>")


def test_what_only_looks_other_has_the_same_fingerprint() -> None:
    assert fingerprint("Buy  it NOW!") == fingerprint("buy ıt — now")


def test_nobody_types_control_characters() -> None:
    assert tidy("a\0b\x07c\ud800\r\nd") == "abc\nd"
