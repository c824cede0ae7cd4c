"""The rules of JSON Feed 1.1."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .feed_values import Fault, fragment_faults, is_absolute, is_date_time, is_language
from .findings import words

MIME = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
Kinds = Mapping[str, type]
FEED: Kinds = {
    "version": str,
    "title": str,
    "items": list,
    "home_page_url": str,
    "feed_url": str,
    "description": str,
    "user_comment": str,
    "next_url": str,
    "icon": str,
    "favicon": str,
    "authors": list,
    "language": str,
    "expired": bool,
    "hubs": list,
}
ITEM: Kinds = {
    "id": str,
    "url": str,
    "external_url": str,
    "title": str,
    "content_html": str,
    "content_text": str,
    "summary": str,
    "image": str,
    "banner_image": str,
    "date_published": str,
    "date_modified": str,
    "authors": list,
    "tags": list,
    "language": str,
    "attachments": list,
}
AUTHOR: Kinds = {"name": str, "url": str, "avatar": str}
ATTACHMENT: Kinds = {
    "url": str,
    "mime_type": str,
    "title": str,
    "size_in_bytes": int,
    "duration_in_seconds": int,
}
HUB: Kinds = {"type": str, "url": str}
ADDRESSES = words(
    "home_page_url feed_url next_url icon favicon url external_url image banner_image avatar"
)


def json_feed_faults(body: bytes, url: str) -> Iterator[Fault]:
    try:
        feed = json.loads(body.decode("utf-8"))
    except ValueError as unreadable:
        yield "unreadable", str(unreadable)
        return
    if not isinstance(feed, dict):
        yield "unreadable", "a JSON Feed is one object"
        return
    yield from _object_faults(feed, "the feed", FEED, ("version", "title", "items"))
    if feed.get("version") != VERSION:
        yield "version", f"version is {feed.get('version')!r}, not {VERSION}"
    if feed.get("feed_url") != url:
        yield "self-link", f"feed_url is {feed.get('feed_url')}, the feed is at {url}"
    yield from _people_faults(feed, "the feed")
    for hub in _objects(feed, "hubs"):
        yield from _object_faults(hub, "a hub", HUB, ("type", "url"))
    yield from _items_faults(_objects(feed, "items"))


def _items_faults(items: list[dict[str, Any]]) -> Iterator[Fault]:
    for number, item in enumerate(items, 1):
        yield from _item_faults(item, f"item {number}")
    for name, times in Counter(str(item.get("id")) for item in items).items():
        if times > 1:
            yield "doubled-id", f"{times} items have the id {name}"


def _item_faults(item: dict[str, Any], where: str) -> Iterator[Fault]:
    yield from _object_faults(item, where, ITEM, ("id",))
    yield from _people_faults(item, where)
    if "content_html" not in item and "content_text" not in item:
        yield "missing", f"{where} has neither content_html nor content_text"
    if isinstance(item.get("content_html"), str):
        yield from fragment_faults(item["content_html"], f"{where}, content_html")
    for name in ("date_published", "date_modified"):
        if name in item and not is_date_time(item[name]):
            yield "date", f"{where} has {name} {item[name]!r}"
    for attachment in _objects(item, "attachments"):
        what = f"an attachment of {where}"
        yield from _object_faults(attachment, what, ATTACHMENT, ("url", "mime_type"))
    tags = item.get("tags", [])
    if isinstance(tags, list) and not all(isinstance(tag, str) and tag.strip() for tag in tags):
        yield "type", f"{where} has tags that are not all text"


def _people_faults(thing: dict[str, Any], where: str) -> Iterator[Fault]:
    for author in _objects(thing, "authors"):
        yield from _object_faults(author, f"an author of {where}", AUTHOR, ())
        if not AUTHOR.keys() & author.keys():
            yield "missing", f"an author of {where} has neither name, url nor avatar"


def _object_faults(
    thing: dict[str, Any], where: str, kinds: Kinds, required: tuple[str, ...]
) -> Iterator[Fault]:
    for name in required:
        if name not in thing:
            yield "missing", f"{where} has no {name}"
    for name, value in thing.items():
        if name.startswith("_"):
            continue  # an extension
        if name not in kinds:
            yield "unknown", f"{where} has {name}, which JSON Feed 1.1 does not know"
        elif not isinstance(value, kinds[name]) or (kinds[name] is int and value is True):
            yield "type", f"{where} has {name} of type {type(value).__name__}"
        elif value == "":
            yield "empty", f"{where} has an empty {name}"
        elif name in ADDRESSES and not is_absolute(value):
            yield "relative-link", f"{where} has {name} {value!r}"
        elif name == "language" and not is_language(str(value)):
            yield "language", f"{where} has the language {value!r}"


def _objects(thing: dict[str, Any], name: str) -> list[dict[str, Any]]:
    values = thing.get(name, [])
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []
