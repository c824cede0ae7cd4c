"""Sitemap indexes, sitemaps and news sitemaps against the protocol and the news rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from .feed_values import Fault, is_absolute, is_date_time, is_language
from .feed_xml import Unreadable, count_faults, read_xml, text_of
from .findings import Finding, words
from .schema_values import is_date

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NS, NEWS_NS, IMAGE_NS = f"{{{SITEMAP}}}", f"{{{NEWS}}}", f"{{{IMAGE}}}"
MOST_ENTRIES = 50_000
MOST_BYTES = 52_428_800
MOST_NEWS = 1_000
NEWS_AGE = timedelta(days=2)
MIMES = frozenset({"application/xml", "text/xml"})
FREQUENCIES = words("always hourly daily weekly monthly yearly never")


def check_sitemap(body: bytes, url: str, content_type: str, *, now: datetime) -> list[Finding]:
    """
    A sitemap, a news sitemap or a sitemap index.

    now: aware; nothing may be dated after it, and news may not be older than two days.
    """
    try:
        faults = list(_faults(read_xml(body), url, now))
    except Unreadable as unreadable:
        faults = [("unreadable", str(unreadable))]
    if content_type.partition(";")[0].strip().lower() not in MIMES:
        faults.append(("media-type", f"served as {content_type!r}, not application/xml"))
    if len(body) > MOST_BYTES:
        faults.append(("too-big", f"{len(body)} bytes, more than {MOST_BYTES}"))
    return sorted({Finding(url, rule, text) for rule, text in faults})


def _faults(root: Element, url: str, now: datetime) -> Iterator[Fault]:
    kinds = {f"{NS}sitemapindex": f"{NS}sitemap", f"{NS}urlset": f"{NS}url"}
    if root.tag not in kinds:
        raise Unreadable(f"neither a sitemap nor an index: {root.tag}")
    entries = root.findall(kinds[root.tag])
    if len(entries) != len([child for child in root if isinstance(child.tag, str)]):
        yield "unknown", "elements that are no entries"
    if len(entries) > MOST_ENTRIES:
        yield "too-big", f"{len(entries)} entries, more than {MOST_ENTRIES}"
    for number, entry in enumerate(entries, 1):
        yield from _entry_faults(entry, f"entry {number}", url, now)
    yield from _doubled(entries)
    yield from _news_count(root)


def _entry_faults(entry: Element, where: str, url: str, now: datetime) -> Iterator[Fault]:
    limits = {f"{NS}loc": (1, 1), f"{NS}lastmod": (0, 1), f"{NEWS_NS}news": (0, 1)}
    yield from count_faults(entry, where, limits)
    address = text_of(entry, f"{NS}loc")
    if not is_absolute(address):
        yield "relative-link", f"{where} is {address!r}"
    elif urlsplit(address)[:2] != urlsplit(url)[:2]:
        # A sitemap speaks for its own scheme and host only; another host's entries are ignored.
        yield "other-host", f"{where} is {address}, the sitemap is at {url}"
    if len(address) > 2048:
        yield "too-big", f"{where} is {len(address)} characters long"
    yield from _moment_faults(text_of(entry, f"{NS}lastmod"), f"{where}, lastmod", now)
    if (often := text_of(entry, f"{NS}changefreq")) and often not in FREQUENCIES:
        yield "type", f"{where} has changefreq {often!r}"
    for news in entry.findall(f"{NEWS_NS}news"):
        yield from _news_faults(news, where, now)
    for location in entry.iterfind(f"{IMAGE_NS}image/{IMAGE_NS}loc"):
        if not is_absolute((location.text or "").strip()):
            yield "relative-link", f"{where} has a picture at {location.text!r}"


def _news_faults(news: Element, where: str, now: datetime) -> Iterator[Fault]:
    names = ("publication", "publication_date", "title")
    yield from count_faults(news, where, {f"{NEWS_NS}{name}": (1, 1) for name in names})
    for publication in news.findall(f"{NEWS_NS}publication"):
        parts = {f"{NEWS_NS}{name}": (1, 1) for name in ("name", "language")}
        yield from count_faults(publication, f"the publication of {where}", parts)
        language = text_of(publication, f"{NEWS_NS}language")
        if language and not is_language(language):
            yield "language", f"{where} has the language {language!r}"
    text = text_of(news, f"{NEWS_NS}publication_date")
    yield from _moment_faults(text, f"{where}, publication_date", now)
    if (moment := _moment(text)) and moment < now - NEWS_AGE:
        yield "old-news", f"{where} was published {text}, more than two days ago"


def _moment_faults(text: str, where: str, now: datetime) -> Iterator[Fault]:
    if text and not (is_date(text) or is_date_time(text)):
        yield "date", f"{where} is {text!r}"
    elif (moment := _moment(text)) and moment > now:
        yield "future", f"{where} is {text}, which is yet to come"


def _moment(text: str) -> datetime | None:
    if is_date_time(text):
        return datetime.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if is_date(text) else None


def _doubled(entries: list[Element]) -> Iterator[Fault]:
    for address, times in Counter(text_of(entry, f"{NS}loc") for entry in entries).items():
        if times > 1 and address:
            yield "doubled", f"{address} is listed {times} times"


def _news_count(root: Element) -> Iterator[Fault]:
    news = sum(1 for _ in root.iter(f"{NEWS_NS}news"))
    if news > MOST_NEWS:
        yield "too-big", f"{news} news entries, more than {MOST_NEWS}"
