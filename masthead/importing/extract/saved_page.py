"""A saved HTML page: machine-readable description first, then what a reader sees."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import tzinfo
from html import escape
from typing import TypeVar

import trafilatura

from . import header, metadata
from .blocks import BlockReader, block_text, plain
from .dom import Element, ancestors, clean_inline, parse, raw_text, tag, text_of
from .furniture import remove_furniture
from .languages import guess_language
from .page import (
    Author,
    Block,
    ExtractedPage,
    Field,
    LeadPicture,
    NotAPage,
    Paragraph,
    Picture,
    When,
    not_found,
)
from .page import gettext_noop as _
from .root import find_root, story_of

T = TypeVar("T")

# Two readers that share less than this of their words are not reading the same text.
AGREEMENT = 0.8
TOO_SHORT = 200
NO_ARTICLE = _("No article was found on this page.")
DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.\- ]{2,40}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?)"
    r"(?:\s*\([\w./ -]{1,30}\))?\s*[–—-]{1,2}\s+(?=\S)"
)


def read_saved_page(
    text: str, *, source_url: str = "", zone: tzinfo | None = None
) -> ExtractedPage:
    """Raises NotAPage when the page cannot be read or holds neither headline nor text."""
    tree = parse(text)
    second = _second_reading(tree)
    described = metadata.describe(tree, text=text, source_url=source_url)
    breadcrumb = header.find_breadcrumb(tree, described.title)
    signed = header.signed_below(tree)
    remove_furniture(tree)
    page = ExtractedPage()
    page.outlet_name = metadata.outlet_name(described)
    headline, page.headline = header.find_headline(tree, described)
    root = find_root(tree)
    story = story_of(root, headline)
    region = header.region_of(story, root, headline)
    _read_people(page, region, described, signed)
    _read_dates(page, region, described, story, zone)
    page.standfirst = header.find_standfirst(region, described, page.headline.value or "")
    visible_section = header.find_section(region, story, page.outlet_name.value or "")
    page.section = _best(metadata.described_section(described), visible_section, breadcrumb)
    _read_body(page, root, region, described, second)
    page.language = _best(metadata.language(described), guess_language(page.text.value or ""))
    if not page.body and not page.headline.value:
        raise NotAPage(NO_ARTICLE)
    return page


def _best(*fields: Field[T]) -> Field[T]:
    """The first that has a value; they are given in the order of trust."""
    return next((f for f in fields if f.value), not_found())


def _read_people(
    page: ExtractedPage,
    region: header.Region,
    described: metadata.Described,
    signed: Field[tuple[Author, ...]],
) -> None:
    outlet = page.outlet_name.value or ""
    seen = header.visible_authors(region, outlet)
    said = metadata.described_authors(described, outlet)
    meta = metadata.meta_authors(described, outlet)
    page.authors = _best(said, seen, meta, signed)
    if said.value and seen.value and {a.name for a in said.value} < {a.name for a in seen.value}:
        page.authors = seen
    if page.authors.value:
        people = header.with_post_nominals(page.authors.value, region)
        page.authors = replace(page.authors, value=people)


def _read_dates(
    page: ExtractedPage,
    region: header.Region,
    described: metadata.Described,
    story: Element,
    zone: tzinfo | None,
) -> None:
    lang = metadata.language(described).value or ""
    day_first: bool | None = None
    if lang and lang.lower() != "en":
        # Americans write the month first; everybody else who declares a language, the day.
        day_first = lang.lower() != "en-us"
    published, updated = header.visible_when(region, zone, day_first=day_first)
    said = metadata.described_when(described, "datePublished", zone)
    guess: Field[When] = not_found()
    if said.value is None and published.value is None:
        guess = header.guessed_when(deepcopy(story))
    page.published_at = _best(said, published, guess)
    page.updated_at = _best(metadata.described_when(described, "dateModified", zone), updated)


def _read_body(
    page: ExtractedPage,
    root: Element,
    region: header.Region,
    described: metadata.Described,
    second: str,
) -> None:
    lead = header.find_lead_picture(region, described)
    byline_texts = {text_of(e) for e in region.elements if len(raw_text(e)) < 200}
    used = {page.headline.value or "", page.standfirst.value or "", described.title}
    skip = used | {t for t in byline_texts if _is_spent(t, page)}
    blocks = _without_lead(_agreed_blocks(root, described.base, skip, second), lead)
    page.body = _trimmed(blocks)
    _set_lead(page, lead, described)
    _take_dateline(page)
    _judge(page, second)


def _agreed_blocks(root: Element, base: str, skip: set[str], second: str) -> list[Block]:
    """
    The root's blocks; where the second reader saw another text, the better of a few ways to cut.

    Too little: an element further out may hold the rest. Too much: what stands before the first
    and after the last paragraph both readers saw is not the article's.
    """
    best = BlockReader(base=base, skip=skip).read(root)
    score = word_agreement(_joined(best), second)
    if score >= AGREEMENT or not second:
        return best
    for outer in list(ancestors(root))[:4]:
        if tag(outer) == "html":
            break
        wider = BlockReader(base=base, skip=skip).read(outer)
        if (agreement := word_agreement(_joined(wider), second)) > score + 0.05:
            best, score = wider, agreement
    trimmed = _shared_span(best, second)
    return trimmed if word_agreement(_joined(trimmed), second) > score else best


def _shared_span(blocks: list[Block], second: str) -> list[Block]:
    seen = [
        i for i, b in enumerate(blocks) if (t := block_text(b)) and len(t) > 40 and t[:60] in second
    ]
    return blocks[seen[0] : seen[-1] + 1] if seen else blocks


def _joined(blocks: list[Block]) -> str:
    return "\n\n".join(filter(None, map(block_text, blocks)))


def _is_spent(text: str, page: ExtractedPage) -> bool:
    """A line of the header that has already become byline, date, section or caption."""
    names = [a.name.lower() for a in page.authors.value or ()]
    lower = text.lower()
    if any(name in lower for name in names) and len(text) < 150:
        return True
    if len(text) < 60 and page.published_at.value and re.search(r"\b(?:19|20)\d\d\b", text):
        return True
    return text in {page.section.value, page.outlet_name.value}


def _without_lead(blocks: list[Block], lead: Picture | None) -> list[Block]:
    if lead is None:
        return blocks
    return [b for b in blocks if not (isinstance(b, Picture) and b.url == lead.url)]


def _trimmed(blocks: list[Block]) -> list[Block]:
    """Subheadings and dividers at the end head nothing."""
    while blocks and block_text(blocks[-1]) == "" and not isinstance(blocks[-1], Picture):
        if getattr(blocks[-1], "url", ""):
            break
        blocks.pop()
    while blocks and blocks[-1].kind == "subheading":
        blocks.pop()
    return blocks


def _set_lead(page: ExtractedPage, lead: Picture | None, described: metadata.Described) -> None:
    if lead is not None:
        page.lead_picture = Field(LeadPicture(lead.url, lead.alt), "lead figure", 0.9)
        if lead.caption:
            page.caption = Field(lead.caption, "caption element", 0.9)
        if lead.credit:
            page.credit = Field(lead.credit, "caption element", 0.85)
        return
    shared = described.meta_value("og:image", "og:image:url", "twitter:image")
    in_body = {b.url.rsplit("/", 1)[-1] for b in page.body if isinstance(b, Picture)}
    if shared.startswith(("http://", "https://")) and shared.rsplit("/", 1)[-1] not in in_body:
        alt = described.meta_value("og:image:alt", "twitter:image:alt")
        page.lead_picture = Field(LeadPicture(shared, alt), "og", 0.5)


def _take_dateline(page: ExtractedPage) -> None:
    for index, block in enumerate(page.body):
        if isinstance(block, Paragraph):
            if (hit := DATELINE.match(plain(block.html))) and (cut := DATELINE.match(block.html)):
                page.dateline = Field(hit["place"].strip(), "first paragraph", 0.85)
                page.body[index] = Paragraph(clean_inline(block.html[cut.end() :]))
            return


def _judge(page: ExtractedPage, second: str) -> None:
    """Say how sure we are of the body; fall back on the second reader when we found nothing."""
    text = _text(page)
    if len(text) < TOO_SHORT and len(second) > 2 * len(text) + TOO_SHORT:
        page.body = [
            Paragraph(clean_inline(escape(p, quote=False))) for p in second.split("\n") if p.strip()
        ]
        page.text = Field(_text(page), "second reader", 0.4)
    elif not text:
        page.text = not_found()
    elif word_agreement(text, second) >= AGREEMENT:
        page.text = Field(text, "article root", 0.95)
    else:
        page.text = Field(text, "article root, second reader disagrees", 0.6)


def _text(page: ExtractedPage) -> str:
    return _joined(page.body)


def _second_reading(tree: Element) -> str:
    """trafilatura on a copy: it changes what it reads. Never asked for an address."""
    found = trafilatura.extract(deepcopy(tree), include_comments=False, include_tables=True)
    return found or ""


def word_agreement(one: str, other: str) -> float:
    """F1 of the two bags of words, 0 to 1."""
    a, b = (Counter(re.findall(r"\w+", t.lower())) for t in (one, other))
    shared = sum((a & b).values())
    return 2 * shared / ((sum(a.values()) + sum(b.values())) or 1)
