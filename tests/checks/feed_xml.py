"""What RSS and Atom share: reading the XML safely, and counting children."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import lxml.etree
from lxml.etree import _Element as Element

from .feed_values import Fault, is_absolute, is_language

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
PREFIXES = {"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA}
MEDIUMS = frozenset({"image", "audio", "video", "document", "executable"})
# Mostly Windows-1252 read as Latin-1; no reader shows them.
CONTROL = re.compile("[\x7f-\x9f\ufffe\uffff]")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Unreadable(Exception):
    """The bytes are no XML we would read; the text says why."""


def read_xml(body: bytes) -> Element:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = lxml.etree.fromstring(body, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise Unreadable(str(error)) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Unreadable("a feed has no document type declaration")
    return root


def text_of(element: Element, tag: str) -> str:
    return (element.findtext(tag) or "").strip()


def count_faults(
    element: Element, where: str, limits: Mapping[str, tuple[int, int]]
) -> Iterator[Fault]:
    """limits: tag to (least, most); a required one must have text or parts as well."""
    for tag, (least, most) in limits.items():
        found = element.findall(tag)
        short = tag.rpartition("}")[2]
        if len(found) < least:
            yield "missing", f"{where} has no {short}"
        if len(found) > most:
            yield "repeated", f"{where} has {len(found)} {short} elements"
        for one in found if least else []:
            if len(one) == 0 and not (one.text or "").strip():
                yield "empty", f"{where} has an empty {short}"


def self_link_faults(element: Element, url: str, mime: str) -> Iterator[Fault]:
    links = [link for link in element.findall(f"{{{ATOM}}}link") if link.get("rel") == "self"]
    if len(links) != 1:
        yield "self-link", f"{len(links)} links with rel=self, not one"
        return
    if links[0].get("href") != url:
        yield "self-link", f"rel=self is {links[0].get('href')}, the feed is at {url}"
    if links[0].get("type") not in {None, mime}:
        yield "self-link", f"rel=self has the type {links[0].get('type')}, not {mime}"


def language_faults(tag: str | None, where: str) -> Iterator[Fault]:
    if tag is not None and not is_language(tag.strip()):
        yield "language", f"{where} has the language {tag!r}"


def document_faults(root: Element) -> Iterator[Fault]:
    """What is wrong with the whole, whichever kind of feed it is."""
    for prefix, address in PREFIXES.items():
        if root.nsmap.get(prefix, address) != address:
            yield "namespace", f"{prefix} stands for {root.nsmap[prefix]}, not {address}"
    for text in root.itertext():
        if CONTROL.search(str(text)):
            yield "control-character", f"a control character in {str(text)[:60]!r}"


def media_faults(element: Element, where: str) -> Iterator[Fault]:
    for media in element.iter(f"{{{MEDIA}}}content", f"{{{MEDIA}}}thumbnail"):
        if not is_absolute(media.get("url")):
            yield "relative-link", f"{where} has media at {media.get('url')!r}"
        if media.get("medium", "image") not in MEDIUMS:
            yield "type", f"{where} has media of medium {media.get('medium')!r}"
        for name in ("width", "height", "fileSize"):
            if media.get(name) is not None and not str(media.get(name)).isdigit():
                yield "number", f"{where} has media with {name}={media.get(name)!r}"
