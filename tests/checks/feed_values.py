"""Dates, addresses and fragments of HTML as feeds must carry them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

import lxml.etree
import lxml.html

from .findings import words
from .schema_values import is_absolute, is_date_time

__all__ = ["fragment_faults", "is_absolute", "is_date_time", "is_language", "is_mail_date"]

MAIL_DATE = re.compile(
    r"((?P<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d(:\d\d)? "
    r"([+-]\d{4}|GMT|UT)"
)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ADDRESS_ATTRIBUTES = frozenset({"href", "src", "poster", "cite", "data"})
# A reader's program strips these or refuses the item; none belongs in a feed.
ACTIVE = frozenset({"script", "style", "iframe", "object", "embed", "form", "base", "link", "meta"})
VOID = words("area br col hr img input source track wbr")
WITHOUT_HOST = ("mailto:", "tel:", "data:")

Fault = tuple[str, str]


def is_mail_date(text: str) -> bool:
    """RFC 822 as RSS wants it: a four-digit year, a zone, the right day of the week."""
    match = MAIL_DATE.fullmatch(text)
    if not match:
        return False
    try:
        parsed: datetime = parsedate_to_datetime(text)
    except ValueError:
        return False
    return match["day"] in {None, parsed.strftime("%a")}


def is_language(text: str) -> bool:
    return LANGUAGE.fullmatch(text) is not None


class _Balance(HTMLParser):
    """Are all elements closed, in order? Readers' programs do not all repair HTML alike."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.is_balanced = True

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Closed in itself."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.is_balanced = False


def is_balanced(html: str) -> bool:
    parser = _Balance()
    parser.feed(html)
    parser.close()
    return parser.is_balanced and not parser.open


def fragment_faults(html: str, where: str) -> Iterator[Fault]:
    """Relative addresses and active content in an item's HTML."""
    if not html.strip():
        yield "empty", f"{where} is empty"
        return
    try:
        root = lxml.html.fragment_fromstring(html, create_parent="div")
    except (lxml.etree.ParserError, ValueError) as unreadable:
        yield "html", f"{where} is not HTML: {unreadable}"
        return
    if not is_balanced(html):
        yield "html", f"{where} has elements left open or closed in the wrong order"
    for element in root.iter(lxml.etree.Element):
        yield from _element_faults(element, where)


def _element_faults(element: lxml.html.HtmlElement, where: str) -> Iterator[Fault]:
    if element.tag in ACTIVE:
        yield "active-content", f"{where} has <{element.tag}>"
    for name, value in element.attrib.items():
        if str(name).startswith("on"):
            yield "active-content", f"{where} has {name}= on <{element.tag}>"
        elif name == "style":
            yield "style", f"{where} has a style of its own on <{element.tag}>"
        elif name == "srcset":
            yield from _relative(_candidates(str(value)), where)
        elif name in ADDRESS_ATTRIBUTES:
            yield from _relative([str(value)], where)


def _candidates(srcset: str) -> list[str]:
    return [part.split()[0] for part in srcset.split(", ") if part.split()]


def _relative(addresses: Iterable[str], where: str) -> Iterator[Fault]:
    for address in addresses:
        if not is_absolute(address) and not address.startswith(WITHOUT_HOST):
            yield "relative-link", f"{where} has the relative address {address!r}"
