"""The one sanitiser."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from masthead.core.sanitise import clean_html, plain_text

TAGS = ["script", "p", "a", "b", "iframe", "svg", "style", "img", "math", "form", "h2", "template"]
MARKUP = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f'<{tag} onerror="x()" href="javascript:x()">'),
        st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#x6a;", "\x00", "'", '"']),
    ),
    max_size=15,
).map("".join)


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>One <b>two</b></p>", "<p>One <b>two</b></p>"),
        ("<p onclick='x()' style='y' class='z' id='i'>One</p>", "<p>One</p>"),
        ("<script>x()</script>One", "One"),
        ("<iframe src='//evil'></iframe>One", "One"),
        ('<a href="javascript:x()">One</a>', '<a rel="noopener">One</a>'),
        ('<a href=" JaVaScRiPt:x()">One</a>', '<a rel="noopener">One</a>'),
        (
            '<a href="https://a.example/">One</a>',
            '<a href="https://a.example/" rel="noopener">One</a>',
        ),
        ('<a href="outlet:c/p/">One</a>', '<a href="outlet:c/p/" rel="noopener">One</a>'),
        ('<img src="x" onerror="y()">One', "One"),
        ("<!-- hidden -->One", "One"),
    ],
)
def test_only_what_a_news_text_needs_is_left(html, clean):
    assert clean_html(html) == clean


def test_a_line_of_text_keeps_no_blocks():
    assert clean_html("<h2>One</h2><p>two <em>three</em></p>", inline=True) == (
        "Onetwo <em>three</em>"
    )


@given(MARKUP)
def test_nothing_that_runs_is_left(html):
    clean = clean_html(html).lower()

    assert re.findall(r"<(?:script|iframe|svg|style|img|math|form|template)\b", clean) == []
    assert re.findall(r"<[^>]*\son\w+\s*=", clean) == []
    assert re.findall(r'<[^>]*href="\s*javascript:', clean) == []


@given(MARKUP)
@example("<H2><C><H2>")
def test_cleaning_again_changes_nothing(html):
    once = clean_html(html)

    assert clean_html(once) == once


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("one<br>two", "one two"),
        ("one<br/>two", "one two"),
        ("<h2>Head</h2><p>text</p>", "Head text"),
        ("A &amp; B", "A & B"),
        ("a &lt; b", "a < b"),
    ],
)
def test_the_words_alone_are_set_apart_and_unescaped(html, words):
    assert plain_text(html) == words
