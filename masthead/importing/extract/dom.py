"""A parsed page and the few questions every other module asks of its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import nh3
from lxml import etree, html

from .page import NotAPage
from .page import gettext_noop as _
from .vocabulary import vocabulary

Element = etree._Element

MAX_DEPTH = 200
MAX_ELEMENTS = 40_000
# Sum of the depths of all elements: what walking from each element outwards costs. A long
# article with all its furniture stays under 300,000.
MAX_STEPS = 600_000
TOO_DEEP = _("This page is nested too deeply to be an article.")
TOO_MANY = _("This page has too many parts to be an article.")
HAS_ENTITIES = _("This page defines its own entities, which articles never do.")

BLOCK_TAGS = vocabulary(
    """
    address article aside blockquote body center dd details div dl dt figure figcaption
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody
    td tfoot th thead tr ul amp-ad amp-instagram amp-youtube amp-twitter amp-iframe
    amp-video amp-img iframe picture video audio embed object noscript img
    """
)
INLINE = {"a", "em", "strong", "sub", "sup", "code", "s", "q", "cite", "abbr", "br", "bdi"}
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
SAFE_SCHEMES = {"http", "https", "mailto"}


def parse(text: str) -> Element:
    """Raises NotAPage for markup no article has. Never opens a file or a connection."""
    if re.search(r"<!DOCTYPE[^>]{0,200}\[|<!ENTITY", text[:100_000], re.I):
        raise NotAPage(HAS_ENTITIES)
    _check_size(text)
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as broken:
        raise NotAPage(_("This page holds no text that can be read.")) from broken
    _check_depth(tree)
    return tree


def _check_size(text: str) -> None:
    if text.count("<") > 2 * MAX_ELEMENTS + 10_000:
        raise NotAPage(TOO_MANY)


def _check_depth(tree: Element) -> None:
    depth = elements = steps = 0
    for event, _element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise NotAPage(TOO_DEEP)
        if event == "start":
            elements, steps = elements + 1, steps + depth
    if elements > MAX_ELEMENTS or steps > MAX_STEPS:
        raise NotAPage(TOO_MANY)


def tag(element: Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def words_of_attributes(element: Element) -> frozenset[str]:
    """Class and id as lower-case words: "AdSlot_u1" and "ad-slot" both give {"ad", "slot"}."""
    names = (element.get(name) for name in ("class", "id", "data-testid"))
    return _words(" ".join(filter(None, names))[:600])


@lru_cache(maxsize=20_000)
def _words(names: str) -> frozenset[str]:
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", names)
    return frozenset(word.lower() for word in re.split(r"[^A-Za-z0-9]+", split) if word)


def text_of(element: Element) -> str:
    """Visible text on one line. Line breaks and blocks inside count as spaces."""
    if not len(element):
        return squeeze(element.text or "") if tag(element) else ""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        name = tag(node)
        if name in BLOCK_TAGS or name == "br":
            pieces.append(" ")
        if event == "start":
            pieces.append(node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return squeeze("".join(pieces))


def squeeze(text: str) -> str:
    """One line, single spaces, no soft hyphens or zero-width spaces."""
    return " ".join(text.translate(INVISIBLE).split())


def raw_text(element: Element) -> str:
    """All text inside, as it stands: quick, for judging lengths."""
    return "".join(str(text) for text in element.itertext())


def link_share(element: Element) -> float:
    """Share of the element's text that is inside links, 0 to 1."""
    total = len(text_of(element))
    if not total:
        return 0.0
    return sum(len(text_of(a)) for a in element.iter("a")) / total


def ancestors(element: Element) -> Iterator[Element]:
    parent = element.getparent()
    while parent is not None:
        yield parent
        parent = parent.getparent()


def drop(element: Element) -> None:
    """Take an element out of its tree and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def safe_link(href: str, base: str) -> str:
    """An absolute http(s) or mailto address, or an empty string."""
    try:
        joined = urljoin(base, href.strip()) if base else href.strip()
        parts = urlsplit(joined)
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return joined
    return joined if parts.scheme in {"http", "https"} and parts.netloc else ""


def safe_picture(src: str, base: str) -> str:
    """Like safe_link, but a relative path stays: it names a file saved beside the page."""
    src = src.strip()
    try:
        parts = urlsplit(src)
    except ValueError:
        return ""
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return ""
    return safe_link(src, base) or ("" if parts.scheme or parts.netloc else src)


def clean_inline(markup: str) -> str:
    """The last gate for every piece of HTML that leaves this package."""
    return nh3.clean(
        markup,
        tags=INLINE,
        attributes={"a": {"href"}},
        url_schemes=SAFE_SCHEMES,
        link_rel=None,
    ).strip()
