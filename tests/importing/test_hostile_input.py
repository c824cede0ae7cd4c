"""Whatever is handed in: a page or a sentence, never a crash, never a script."""

from __future__ import annotations

import re
import socket
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masthead.importing.extract import (
    ExtractedPage,
    ListBlock,
    NotAPage,
    Paragraph,
    Picture,
    Quotation,
    Table,
    extract_page,
)

ALLOWED = {"a", "em", "strong", "sub", "sup", "code", "s", "q", "cite", "abbr", "br", "bdi"}
SENTENCE = (
    "The clerks opened the gate at seven and counted the boats until the light went, as ever."
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("extraction opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   \n ",
        b"%PDF-1.7 something",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"PK\x03\x04 office",
        bytes(range(256)) * 40,
        b"a" * (10 * 1024 * 1024 + 1),
        b"<html>" + b"<div>" * 5000 + b"deep",
        b"<p>" + b"<b>" * 400 + b"deep" + b"</b>" * 400,
        b"<html><body>" + b"<i>x</i>" * 400_000,
        b"<div class=share>" * 150 + b"<p>A sentence among very many others.</p>" * 10_000,
        b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><html><body>&b;</body></html>',
        b"<html><head></head></html>",
        b"<html><body></body></html>",
    ],
    ids=lambda raw: repr(raw[:20]),
)
def test_what_is_not_a_page_is_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(NotAPage) as refused:
        extract_page(raw)

    assert re.fullmatch(r"[A-Z].+\.", str(refused.value))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
def test_encodings_keep_smart_quotes_and_umlauts(codec: str) -> None:
    text = (
        f"<html><body><h1>Über die Brücke</h1><p>“{SENTENCE}” Ärger gab es nicht, – auch später "
        "nicht.</p></body></html>"
    )

    page = extract_page(text.encode(codec))

    assert page.headline.value == "Über die Brücke"
    assert "“The clerks" in (page.text.value or "")


def test_soft_hyphens_and_hard_spaces_do_not_reach_the_text() -> None:
    raw = (
        "<html><body><h1>The har&shy;bour&nbsp;gate</h1>"
        f"<p>{SENTENCE} Ad&shy;mi&shy;ral.</p></body></html>"
    )

    page = extract_page(raw)

    assert page.headline.value == "The harbour gate"
    assert (page.text.value or "").endswith("Admiral.")


HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">go</a>',
        '<a href="JaVa\tScript:alert(1)">go</a>',
        '<a href="data:text/html,<script>1</script>">go</a>',
        "<svg onload=alert(1)><p>x</p></svg>",
        "<math><mtext><style><img src=x onerror=1></style></mtext></math>",
        '<iframe src="javascript:alert(1)"></iframe>',
        "<p onclick=alert(1)>" + SENTENCE + "</p>",
        "<blockquote onmouseover='x()'>" + SENTENCE + "</blockquote>",
        "<table><tr><td onclick=1>a<td>b<script>x</script></table>",
        "<ul><li><a href='vbscript:x'>one</a><li><b onfocus=1>two</b></ul>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<p>&lt;img src=x onerror=alert(1)&gt; " + SENTENCE + "</p>",
        "<noscript><p title='</noscript><img src=x onerror=1>'></noscript>",
        "<figure><img src='javascript:1'><figcaption><b onclick=1>c</b></figcaption></figure>",
        "<p>" + SENTENCE + "</p>",
    ]
)


TATTERS = st.sampled_from(
    [
        *("<", ">", "p", "div", "/", " ", '"', "=", "a href", "on", "x", SENTENCE, "<p>", "<!--"),
        *("<table>", "<td>", "]]>", "&#0;", "<h1>", "</body>", "<br><br>", "<li>", "\x00"),
    ]
)


class Strict(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        for name, value in attrs:
            assert (tag, name) == ("a", "href")
            assert re.match(r"(?:https?://|mailto:)", value or "", re.I)


def markup_of(page: ExtractedPage) -> list[str]:
    found: list[str] = []
    for block in page.body:
        match block:
            case Paragraph(html=html) | Quotation(html=html):
                found.append(html)
            case ListBlock(items=items):
                found.extend(items)
            case Table(rows=rows):
                found.extend(cell for row in rows for cell in row)
    return found


def addresses_of(page: ExtractedPage) -> list[str]:
    lead = [page.lead_picture.value.url] if page.lead_picture.value else []
    return lead + [b.url for b in page.body if hasattr(b, "url")]


def check(raw: bytes | str) -> None:
    try:
        page = extract_page(raw)
    except NotAPage:
        return
    for markup in markup_of(page):
        parser = Strict()
        parser.feed(markup)
        parser.close()
    for address in addresses_of(page):
        assert not re.match(r"\s*(?:javascript|data|vbscript|file):", address, re.I)


RELAXED = settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@RELAXED
@given(st.lists(HOSTILE, min_size=1, max_size=12))
def test_no_markup_that_leaves_can_run(pieces: list[str]) -> None:
    check(
        f"<html><body><h1>A headline to read</h1><article>{''.join(pieces)}"
        f"<p>{SENTENCE}</p></article></body></html>"
    )


@RELAXED
@given(st.lists(TATTERS, max_size=40))
def test_broken_markup_never_crashes(pieces: list[str]) -> None:
    check("<html><body>" + "".join(pieces))


@RELAXED
@given(st.binary(max_size=400))
def test_any_bytes_give_a_page_or_a_sentence(raw: bytes) -> None:
    check(raw)


@RELAXED
@given(st.text(max_size=400))
def test_any_text_gives_a_page_or_a_sentence(text: str) -> None:
    check(text)


def test_pictures_are_not_compared_each_with_all_before(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[object] = []
    monkeypatch.setattr(Picture, "__eq__", lambda _one, other: bool(compared.append(other)))
    raw = "".join(f"<p>{SENTENCE} {n}</p><img src=a{n}.jpg>" for n in range(300))

    page = extract_page(f"<html><body><h1>A headline to read</h1>{raw}</body></html>")

    assert sum(isinstance(b, Picture) for b in page.body) > 290
    assert len(compared) < 300


def test_a_single_control_character_is_no_page():
    with pytest.raises(NotAPage):
        extract_page(b"\x7f")
