"""The article's own description in JSON-LD, if it left one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from .dom import Element, squeeze

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Posting|Report|Review)$")
MAX_NODES = 5000


def read_article_node(page: Element) -> dict[str, Any]:
    """The first article node of the page, its `@id` references filled in; empty without one."""
    nodes = [n for script in page.iter("script") for n in _nodes_of(script)]
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
    articles = [n for n in nodes if _is_article(n)]
    if not articles:
        return {}
    # A live page lists its updates as articles too; the page itself has the headline and a date.
    best = next((a for a in articles if a.get("headline") and a.get("datePublished")), articles[0])
    return {key: _filled(value, by_id) for key, value in best.items()}


def strings(value: Any) -> list[str]:
    """Every usable string in a property that may be a string, an object or a list of both."""
    if isinstance(value, str):
        return [squeeze(unescape(value))] if value.strip() else []
    if isinstance(value, dict):
        return strings(value.get("name") or value.get("url") or value.get("@value"))
    if isinstance(value, list):
        return [s for item in value[:50] for s in strings(item)]
    return []


def first(value: Any) -> str:
    return next(iter(strings(value)), "")


def types_of(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [str(k).rsplit("/", 1)[-1] for k in kinds if k]


def _is_article(node: dict[str, Any]) -> bool:
    return any(ARTICLE_TYPES.search(kind) for kind in types_of(node))


def _nodes_of(script: Element) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower():
        return
    waiting: list[Any] = [_load(script.text or "")]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node
        elif isinstance(node, dict):
            yield node
            waiting.extend(
                node[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if k in node
            )


def _load(text: str) -> Any:
    """Forgiving: real pages leave trailing commas, comments and raw line breaks."""
    text = re.sub(
        r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$", "", text
    )
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _filled(value: Any, by_id: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_filled(item, by_id) for item in value[:50]]
    if isinstance(value, dict) and "name" not in value and value.get("@id") in by_id:
        return by_id[value["@id"]]
    return value
