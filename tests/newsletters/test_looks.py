"""
Every block of an edition in a browser: light and dark, on a phone and wide, from both sides.

With MASTHEAD_SHOTS=FOLDER each look is kept there as a picture.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

import masthead
from masthead.mail.printing import print_mail
from masthead.newsletters.blocks import placements
from masthead.newsletters.blocks.placements import SoldPlacement
from masthead.newsletters.printing import preview_edition
from masthead.publishing.models import Release
from tests.checks.browser import open_browser
from tests.factories import NOON, a_picture, a_section, an_article, an_author, an_outlet
from tests.newsletters.clients import complaints
from tests.newsletters.kits import a_newsletter, an_edition, article

pytestmark = pytest.mark.journey
PACKAGE = Path(masthead.__file__).parent
WIDTHS = (320, 400, 700)
# Each letter with what its template needs.
LETTERS: dict[str, dict[str, Any]] = {
    "readers/mail/confirm": {
        "link": "https://courier.example/readers/confirm/abc/",
        "words": ["You asked for The Evening Courier.", "The day at six, every day."],
        "days": 7,
    },
    "readers/mail/code_sign_in": {"code": "BCDF-GHJK", "minutes": 15},
    "readers/mail/code_erase": {"code": "BCDF-GHJK", "minutes": 15},
    "readers/mail/address_changed": {"new": "c…@reader.example"},
    "readers/mail/flood": {},
    "comments/mail/appeal": {"granted": False, "answer": "We read it twice."},
    "comments/mail/decision": {
        "is_ban": False,
        "headline": "Seven ships",
        "text": "All of them are late.",
        "why": "Off the subject",
        "words": "It is about ferries.",
        "is_law": False,
        "by_machine": True,
        "until": None,
        "mine": "https://courier.example/comments/mine/",
    },
    "comments/mail/notice": {"headline": "Seven ships", "number": "20261130-7"},
    "comments/mail/notice_decided": {
        "headline": "Seven ships",
        "number": "20261130-7",
        "state": "dismissed",
        "contact": "desk@courier.example",
        "object": "https://courier.example/comments/do/objection/abc",
    },
    "comments/mail/objection": {
        "headline": "Seven ships",
        "number": "20261130-7",
        "granted": False,
        "answer": "It is an opinion, and a harsh one.",
    },
    "comments/mail/replies": {
        "answers": [{"by": "Bo", "headline": "Seven ships", "url": "https://courier.example/p/"}],
        "number": 3,
        "more": 2,
        "mine": "https://courier.example/comments/mine/",
        "stop": "https://courier.example/readers/preferences/abc/",
    },
}
A_MEMBER = {
    "plan": "Ad-free",
    "amount": "€6.00",
    "paid": "€6.00",
    "days": 90,
    "code": "GIFT-2345-ABCD",
    "invoice": {"number": "A-0007"},
    "account_url": "https://courier.example/membership/account/",
    "redeem_url": "https://courier.example/membership/gift/",
    "sign_in_url": "https://courier.example/readers/sign-in/",
    "own_subject": "Thank you",
    "paragraphs": ["You are a member.", "It pays for what Bo writes."],
}
for _name in (
    "double",
    "failing",
    "gift",
    "goodbye",
    "own",
    "receipt",
    "renewal",
    "trial_ending",
    "welcome",
):
    LETTERS[f"memberships/mail/{_name}"] = A_MEMBER
A_PICTURE = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='16' height='9'>"
    b"<rect width='16' height='9' fill='#7a8896'/></svg>"
)
WORDS = {
    "en": ("The Evening Courier", "Seven ships have now come in by night", "Good evening."),
    "ar": ("بريد المساء", "سبع سفن دخلت الميناء ليلاً حتى الآن", "مساء الخير."),
}
AS_TURNED = """([scheme, width]) => innerWidth === width
  && matchMedia(`(prefers-color-scheme: ${scheme})`).matches"""
# Texts that are harder to read than WCAG 2 allows, with their contrast.
FAINT = (Path(__file__).parent / "faint.js").read_text(encoding="utf-8")


def everything(language: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An edition with every kind of block, as its HTML."""
    name, headline, greeting = WORDS[language]
    outlet = an_outlet(slug=f"courier-{language}", title=name, language=language, accent="#9b1c31")
    port = a_section(outlet, "Port" if language == "en" else "الميناء")
    sale = SoldPlacement(
        "Chandlery", headline, f"<p>{greeting}</p>", "https://c.example/", picture=a_picture().pk
    )
    monkeypatch.setattr(placements, "_sellers", {"ads": lambda edition, slot, at: sale})
    pages = [
        an_article(port, f"{headline} {n}", lead_picture=a_picture(), kicker=name) for n in range(6)
    ]
    an_author_of = an_article(port, headline, authors=[an_author(f"Mara {language}")])
    Release.objects.create(
        article=pages[0], act=Release.Act.CORRECT, at=NOON, note=f"{greeting} {headline}"
    )
    edition = an_edition(
        a_newsletter(outlet, name=name),
        {"kind": "greeting", "html": f"<p>{greeting} {headline}.</p>"},
        article(pages[0], size="lead"),
        article(an_author_of),
        article(an_article(port, headline, kind="sponsored", sponsor_name="Chandlery")),
        {"kind": "articles", "section": port.pk, "articles": [each.pk for each in pages[1:4]]},
        {"kind": "text", "html": f"<p>{headline}</p><ul><li>{greeting}</li></ul>"},
        {"kind": "picture", "picture": a_picture().pk, "caption": headline},
        {"kind": "placement", "slot": "middle"},
        {
            "kind": "offer",
            "title": headline,
            "html": f"<p>{greeting}</p>",
            "link": "https://c.example/",
        },
        {"kind": "corrections"},
        {"kind": "divider"},
        subject=headline,
        preheader=greeting,
    )
    return preview_edition(edition, at=NOON).html


def opened(browser: Browser, html: str) -> Page:
    page = browser.new_page()

    def answer(route: Route) -> None:
        route.fulfill(body=A_PICTURE, content_type="image/svg+xml")

    page.route("**/*", answer)
    page.set_content(html, wait_until="load")
    return page


def turn(page: Page, *, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 700})
    page.wait_for_function(AS_TURNED, arg=[scheme, width])


def what_is_wrong(browser: Browser, html: str, name: str) -> list[str]:
    wrong = []
    with closing(opened(browser, html)) as page:
        for scheme, width in product(("light", "dark"), WIDTHS):
            turn(page, scheme=scheme, width=width)
            where = f"{name} {scheme} {width}"
            if folder := os.environ.get("MASTHEAD_SHOTS"):
                shot = Path(folder) / f"{where.replace('/', '-').replace(' ', '-')}.png"
                page.screenshot(path=shot, full_page=True)
            too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wrong += [f"{where}: {too_wide} px too wide"] if too_wide > 0 else []
            wrong += [f"{where}: {each}" for each in page.evaluate(FAINT)]
    return wrong


@pytest.fixture(scope="module")
def look() -> Iterator[Callable[[str, str], list[str]]]:
    """In a thread of its own: where Playwright runs, Django asks no database."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        opening = open_browser()
        browser = thread.submit(opening.__enter__).result()
        yield lambda html, name: thread.submit(what_is_wrong, browser, html, name).result()
        thread.submit(opening.__exit__, None, None, None).result()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_edition_can_be_read_on_every_screen_in_both_looks(look, language, monkeypatch):
    html = everything(language, monkeypatch)

    assert look(html, f"edition {language}") == []
    assert list(complaints(html, host="127.0.0.1")) == []


def test_every_letter_is_known_here():
    found = {
        file.relative_to(file.parents[2]).with_suffix("").as_posix()
        for file in PACKAGE.glob("*/jinja2/*/mail/*.mjml")
        if "mail/layout.mjml" in file.read_text(encoding="utf-8")
    }

    assert found - {"newsletters/mail/edition"} == LETTERS.keys()


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_can_be_read_on_every_screen_in_both_looks(look, sheet, name):
    html = print_mail(name, sheet=sheet, context=LETTERS[name]).html

    assert look(html, name) == []
    assert list(complaints(html, host="127.0.0.1")) == []
