"""The rules of Atom (RFC 4287)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from .feed_values import Fault, fragment_faults, is_absolute, is_date_time
from .feed_xml import (
    ATOM,
    XML_LANG,
    count_faults,
    language_faults,
    media_faults,
    self_link_faults,
    text_of,
)
from .findings import words

MIME = "application/atom+xml"
NS = f"{{{ATOM}}}"
XHTML_DIV = "{http://www.w3.org/1999/xhtml}div"
FEED = words(
    "author category contributor generator icon id link logo rights subtitle title updated entry"
)
ENTRY = words(
    "author category content contributor id link published rights source summary title updated"
)
REQUIRED = {f"{NS}{name}": (1, 1) for name in ("id", "title", "updated")}
FEED_ONCE = {f"{NS}{name}": (0, 1) for name in ("generator", "icon", "logo", "rights", "subtitle")}
ENTRY_ONCE = {
    f"{NS}{name}": (0, 1) for name in ("content", "published", "rights", "source", "summary")
}


def atom_faults(root: Element, url: str) -> Iterator[Fault]:
    yield from count_faults(root, "the feed", {**REQUIRED, **FEED_ONCE})
    yield from _unknown(root, "the feed", FEED)
    yield from _shared_faults(root, "the feed")
    yield from self_link_faults(root, url, MIME)
    yield from language_faults(root.get(XML_LANG), "the feed")
    entries = root.findall(f"{NS}entry")
    for number, entry in enumerate(entries, 1):
        yield from _entry_faults(entry, f"entry {number}")
        if root.find(f"{NS}author") is None and entry.find(f"{NS}author") is None:
            yield "missing", f"neither the feed nor entry {number} has an author"
    for name, times in Counter(text_of(entry, f"{NS}id") for entry in entries).items():
        if times > 1 and name:
            yield "doubled-id", f"{times} entries have the id {name}"


def _entry_faults(entry: Element, where: str) -> Iterator[Fault]:
    yield from count_faults(entry, where, {**REQUIRED, **ENTRY_ONCE})
    yield from _unknown(entry, where, ENTRY)
    yield from _shared_faults(entry, where)
    yield from _content_faults(entry, where)
    yield from media_faults(entry, where)
    published, updated = text_of(entry, f"{NS}published"), text_of(entry, f"{NS}updated")
    are_dates = is_date_time(published) and is_date_time(updated)
    if are_dates and datetime.fromisoformat(updated) < datetime.fromisoformat(published):
        yield "date", f"{where} was updated {updated}, before it was published {published}"


def _shared_faults(element: Element, where: str) -> Iterator[Fault]:
    if (name := text_of(element, f"{NS}id")) and not urlsplit(name).scheme:
        yield "id", f"{where} has an id that is no absolute IRI: {name!r}"
    for tag in ("updated", "published"):
        if (date := element.find(f"{NS}{tag}")) is not None and not is_date_time(date.text):
            yield "date", f"{where} has {tag} {date.text!r}"
    for tag in ("icon", "logo"):
        if (picture := element.find(f"{NS}{tag}")) is not None and not is_absolute(picture.text):
            yield "relative-link", f"{where} has {tag} {picture.text!r}"
    for category in element.findall(f"{NS}category"):
        if not category.get("term"):
            yield "missing", f"{where} has a category without term"
    yield from _person_faults(element, where)
    yield from _link_faults(element, where)
    yield from _text_faults(element, where)


def _person_faults(element: Element, where: str) -> Iterator[Fault]:
    for person in [*element.findall(f"{NS}author"), *element.findall(f"{NS}contributor")]:
        limits = {f"{NS}name": (1, 1), f"{NS}uri": (0, 1), f"{NS}email": (0, 1)}
        yield from count_faults(person, f"a person of {where}", limits)
        uri, email = person.find(f"{NS}uri"), person.find(f"{NS}email")
        if uri is not None and not is_absolute(uri.text):
            yield "relative-link", f"{where} has a person at {uri.text!r}"
        if email is not None and "@" not in (email.text or ""):
            yield "mailbox", f"{where} has a person with e-mail {email.text!r}"


def _link_faults(element: Element, where: str) -> Iterator[Fault]:
    links = element.findall(f"{NS}link")
    for link in links:
        if not is_absolute(link.get("href")):
            yield "relative-link", f"{where} links to {link.get('href')!r}"
        yield from language_faults(link.get("hreflang"), f"a link of {where}")
        if "/" not in link.get("type", "text/html"):
            yield "type", f"{where} has a link of type {link.get('type')!r}"
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in links
        if link.get("rel", "alternate") == "alternate"
    )
    if not alternates:
        yield "missing", f"{where} has no link to its page (rel=alternate)"
    if any(times > 1 for times in alternates.values()):
        yield "repeated", f"{where} has two alternate links of one type and language"


def _text_faults(element: Element, where: str) -> Iterator[Fault]:
    for tag in ("title", "subtitle", "summary", "rights"):
        for text in element.findall(f"{NS}{tag}"):
            kind = text.get("type", "text")
            if kind not in {"text", "html", "xhtml"}:
                yield "type", f"{where} has {tag} of type {kind!r}"
            if kind in {"text", "html"} and len(text):
                yield "markup", f"{where} has elements in {tag} of type {kind}"
            if kind == "html" and not len(text):
                yield from fragment_faults(text.text or "", f"{where}, {tag}")


def _content_faults(entry: Element, where: str) -> Iterator[Fault]:
    content = entry.find(f"{NS}content")
    if content is None:
        if entry.find(f"{NS}summary") is None:
            yield "missing", f"{where} has neither content nor summary"
        return
    kind = content.get("type", "text")
    if content.get("src") is not None:
        if entry.find(f"{NS}summary") is None:
            yield "missing", f"{where} has its content elsewhere and no summary"
        if not is_absolute(content.get("src")):
            yield "relative-link", f"{where} has content at {content.get('src')!r}"
    elif kind == "xhtml":
        if [child.tag for child in content] != [XHTML_DIV]:
            yield "markup", f"{where} has xhtml content that is not one div"
    elif kind not in {"text", "html"} and "/" not in kind:
        yield "type", f"{where} has content of type {kind!r}"
    elif len(content):
        yield "markup", f"{where} has elements in content of type {kind}"
    elif kind == "html":
        yield from fragment_faults(content.text or "", f"{where}, content")


def _unknown(element: Element, where: str, known: frozenset[str]) -> Iterator[Fault]:
    for child in element:
        if not isinstance(child.tag, str):
            continue  # a comment
        space, _, name = child.tag.rpartition("}")
        if space in {"", f"{{{ATOM}"} and name not in known:
            yield "unknown", f"{where} has an element {name}, which Atom does not know here"
