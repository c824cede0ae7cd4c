"""The rules of RSS 2.0 with the content, Dublin Core, media and Atom additions we use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml.etree import _Element as Element

from .feed_values import Fault, fragment_faults, is_absolute, is_mail_date
from .feed_xml import (
    CONTENT,
    DC,
    count_faults,
    language_faults,
    media_faults,
    self_link_faults,
    text_of,
)
from .findings import words

MIME = "application/rss+xml"
CHANNEL = words(
    "title link description language copyright managingEditor webMaster pubDate "
    "lastBuildDate "
    "category generator docs cloud ttl image textInput skipHours skipDays item"
)
ITEM = words("title link description author category comments enclosure guid pubDate source")
ONE = dict.fromkeys(("title", "link", "description"), (1, 1))
AT_MOST_ONE = dict.fromkeys(
    (
        "language",
        "copyright",
        "managingEditor",
        "webMaster",
        "pubDate",
        "lastBuildDate",
        "generator",
        "docs",
        "ttl",
        "image",
    ),
    (0, 1),
)
# guid and pubDate are optional in RSS; without them a reader shows an item twice, or nowhere.
IN_ITEM = {
    "title": (1, 1),
    "link": (1, 1),
    "guid": (1, 1),
    "pubDate": (1, 1),
    "description": (1, 1),
    "author": (0, 1),
    f"{{{CONTENT}}}encoded": (0, 1),
    "source": (0, 1),
    # More than one enclosure is allowed, and most readers take only the first.
    "enclosure": (0, 1),
}
# A title is plain text, but no two readers agree on it; "3 < 4" stays allowed.
MARKUP = re.compile(r"</?[a-zA-Z]|&(#\d+|\w+);")
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+( \(.+\))?")


def rss_faults(root: Element, url: str) -> Iterator[Fault]:
    if root.get("version") != "2.0":
        yield "version", f"version is {root.get('version')!r}, not 2.0"
    channels = root.findall("channel")
    if len(channels) != 1 or len(root) != 1:
        yield "missing", "an rss element has one channel and nothing else"
    for channel in channels[:1]:
        yield from _channel_faults(channel, url)


def _channel_faults(channel: Element, url: str) -> Iterator[Fault]:
    yield from count_faults(channel, "the channel", {**ONE, **AT_MOST_ONE})
    yield from _unknown(channel, "the channel", CHANNEL)
    yield from self_link_faults(channel, url, MIME)
    yield from language_faults(channel.findtext("language"), "the channel")
    yield from _shared_faults(channel, "the channel")
    yield from _image_faults(channel)
    if channel.find("ttl") is not None and not text_of(channel, "ttl").isdigit():
        yield "number", f"ttl is {text_of(channel, 'ttl')!r}"
    items = channel.findall("item")
    for number, item in enumerate(items, 1):
        yield from _item_faults(item, f"item {number}")
    for guid, times in Counter(text_of(item, "guid") for item in items).items():
        if times > 1 and guid:
            yield "doubled-id", f"{times} items have the guid {guid}"


def _item_faults(item: Element, where: str) -> Iterator[Fault]:
    yield from count_faults(item, where, IN_ITEM)
    yield from _unknown(item, where, ITEM)
    yield from _shared_faults(item, where)
    yield from _guid_faults(item, where)
    yield from _order_faults(item, where)
    yield from _enclosure_faults(item, where)
    yield from media_faults(item, where)
    for tag in ("description", f"{{{CONTENT}}}encoded"):
        for element in item.findall(tag):
            if len(element):
                yield "markup", f"{where} has elements in {tag}, which takes escaped text"
            else:
                yield from fragment_faults(element.text or "", f"{where}, {tag.split('}')[-1]}")
    for creator in item.findall(f"{{{DC}}}creator"):
        if not (creator.text or "").strip():
            yield "empty", f"{where} has an empty dc:creator"


def _shared_faults(element: Element, where: str) -> Iterator[Fault]:
    if MARKUP.search(text_of(element, "title")):
        yield "markup", f"{where} has HTML in its title: {text_of(element, 'title')!r}"
    if element.find("link") is not None and not is_absolute(text_of(element, "link")):
        yield "relative-link", f"{where} links to {text_of(element, 'link')!r}"
    for tag in ("pubDate", "lastBuildDate"):
        if element.find(tag) is not None and not is_mail_date(text_of(element, tag)):
            yield "date", f"{where} has {tag} {text_of(element, tag)!r}"
    for tag in ("author", "managingEditor", "webMaster"):
        if element.find(tag) is not None and not MAILBOX.fullmatch(text_of(element, tag)):
            yield "mailbox", f"{where} has {tag} without an e-mail address; use dc:creator"


def _guid_faults(item: Element, where: str) -> Iterator[Fault]:
    guid = item.find("guid")
    if guid is None:
        return
    if guid.get("isPermaLink", "true") not in {"true", "false"}:
        yield "guid", f"{where} has isPermaLink={guid.get('isPermaLink')!r}"
    if guid.get("isPermaLink", "true") == "true" and not is_absolute((guid.text or "").strip()):
        yield "guid", f'{where} has a guid that is no address; say isPermaLink="false"'


def _order_faults(item: Element, where: str) -> Iterator[Fault]:
    tags = [child.tag for child in item]
    encoded = f"{{{CONTENT}}}encoded"
    is_wrong = encoded in tags and "description" in tags
    if is_wrong and tags.index(encoded) < tags.index("description"):
        # Some readers keep the last of the two that they meet.
        yield "order", f"{where} has content:encoded before description"


def _enclosure_faults(item: Element, where: str) -> Iterator[Fault]:
    for enclosure in item.findall("enclosure"):
        if not is_absolute(enclosure.get("url")):
            yield "relative-link", f"{where} has an enclosure at {enclosure.get('url')!r}"
        if not (enclosure.get("length") or "").isdigit():
            yield "number", f"{where} has an enclosure of length {enclosure.get('length')!r}"
        if "/" not in (enclosure.get("type") or ""):
            yield "missing", f"{where} has an enclosure without a media type"


def _image_faults(channel: Element) -> Iterator[Fault]:
    for image in channel.findall("image"):
        required = dict.fromkeys(("url", "title", "link"), (1, 1))
        yield from count_faults(image, "the image", required)
        for tag in ("title", "link"):
            if text_of(image, tag) != text_of(channel, tag):
                yield "image", f"the image has another {tag} than the channel"
        for tag in ("url", "link"):
            if image.find(tag) is not None and not is_absolute(text_of(image, tag)):
                yield "relative-link", f"the image has {tag} {text_of(image, tag)!r}"


def _unknown(element: Element, where: str, known: frozenset[str]) -> Iterator[Fault]:
    for child in element:
        if isinstance(child.tag, str) and not child.tag.startswith("{") and child.tag not in known:
            yield "unknown", f"{where} has an element {child.tag}, which RSS 2.0 does not know"
