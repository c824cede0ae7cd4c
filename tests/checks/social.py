"""What a shared link shows: Open Graph and card tags, and the share picture itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import lxml.html
from PIL import Image, UnidentifiedImageError

from .feed_values import Fault
from .findings import Finding
from .schema_values import is_absolute, is_date_time

Fetch = Callable[[str], bytes]
Tags = dict[str, list[str]]

REQUIRED = (
    "og:title",
    "og:type",
    "og:url",
    "og:image",
    "og:site_name",
    "og:locale",
    "og:description",
    "og:image:width",
    "og:image:height",
    "og:image:alt",
    "twitter:card",
    "description",
)
ARTICLE = ("article:published_time", "article:modified_time", "article:section")
# May be there more than once; anything else twice leaves the choice to the network.
MANY = frozenset({"article:author", "article:tag", "og:locale:alternate", "theme-color"})
CARDS = frozenset({"summary", "summary_large_image"})
WIDTH, HEIGHT = 1200, 630
MOST_BYTES = 5_000_000  # the least of the networks' limits
MOST_CHARACTERS = {"og:title": 110, "og:description": 300, "description": 300}


def check_social_tags(html: str, url: str, *, fetch: Fetch | None = None) -> list[Finding]:
    """
    Completeness and consistency of a page's share tags.

    url: the page's canonical address. fetch: gives the bytes of the share picture, raising
    OSError when it cannot; without it only the tags are read.
    """
    tree = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    tags = _tags(tree)
    faults = [*_presence(tags), *_values(tags, url), *_canonical(tree, url)]
    if fetch and tags.get("og:image"):
        faults += _picture(tags, fetch)
    return sorted({Finding(url, rule, text) for rule, text in faults})


def _tags(tree: lxml.html.HtmlElement) -> Tags:
    tags: Tags = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name")
        if name:
            tags.setdefault(name, []).append((meta.get("content") or "").strip())
    return tags


def _presence(tags: Tags) -> Iterator[Fault]:
    is_article = tags.get("og:type") == ["article"]
    for name in (*REQUIRED, *(ARTICLE if is_article else ())):
        if name not in tags:
            yield "missing", f"no {name}"
    for name, values in tags.items():
        is_ours = name.startswith(("og:", "article:", "twitter:")) or name in REQUIRED
        if is_ours and not all(values):
            yield "empty", f"{name} is empty"
        if is_ours and len(values) > 1 and name not in MANY:
            yield "repeated", f"{name} is given {len(values)} times"


def _values(tags: Tags, url: str) -> Iterator[Fault]:
    first = {name: values[0] for name, values in tags.items()}
    if first.get("og:url", url) != url:
        yield "canonical", f"og:url is {first['og:url']}"
    if first.get("twitter:card", "summary") not in CARDS:
        yield "card", f"twitter:card is {first['twitter:card']!r}"
    for name in ("og:url", "og:image"):
        if name in first and not is_absolute(first[name]):
            yield "relative-link", f"{name} is {first[name]!r}"
    for name in ARTICLE[:2]:
        if name in first and not is_date_time(first[name]):
            yield "date", f"{name} is {first[name]!r}"
    for name, most in MOST_CHARACTERS.items():
        if len(first.get(name, "")) > most:
            yield "too-long", f"{name} has {len(first[name])} characters, more than {most}"
    # Open Graph writes en_GB where HTML writes en-GB.
    if "-" in first.get("og:locale", ""):
        yield "locale", f"og:locale is {first['og:locale']!r}, to be written with _"


def _canonical(tree: lxml.html.HtmlElement, url: str) -> Iterator[Fault]:
    links = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    if links != [url]:
        yield "canonical", f"rel=canonical is {links}, the page is {url}"


def _picture(tags: Tags, fetch: Fetch) -> Iterator[Fault]:
    address = tags["og:image"][0]
    try:
        body = fetch(address)
        with Image.open(BytesIO(body)) as picture:
            picture.load()
            size, kind = picture.size, picture.format
    except (UnidentifiedImageError, OSError) as unreadable:
        yield "picture", f"{address} cannot be read: {unreadable}"
        return
    said = (_number(tags, "og:image:width"), _number(tags, "og:image:height"))
    if said != size:
        yield "picture-size", f"the tags say {said}, the picture is {size}"
    if size != (WIDTH, HEIGHT):
        yield "picture-size", f"the picture is {size}, not {(WIDTH, HEIGHT)}"
    if kind not in {"JPEG", "PNG"}:
        yield "picture", f"{kind} is not shown by every network; JPEG or PNG is"
    if len(body) > MOST_BYTES:
        yield "picture-bytes", f"the picture has {len(body)} bytes, more than {MOST_BYTES}"


def _number(tags: Tags, name: str) -> int:
    text = (tags.get(name) or [""])[0]
    return int(text) if text.isdigit() else 0
