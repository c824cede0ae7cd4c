"""What Masthead asks of its own JSON-LD beyond the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from .schema_values import is_absolute

# By type, its subtypes included. "a|b" is one or the other.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "Article": (
        "headline",
        "image",
        "datePublished",
        "dateModified",
        "author",
        "publisher",
        "mainEntityOfPage|url",
        "inLanguage",
        "isAccessibleForFree",
    ),
    "NewsArticle": ("articleSection",),
    "Person": ("name",),
    "Organization": ("name",),
    "NewsMediaOrganization": ("url",),
    "ImageObject": ("url|contentUrl",),
    "BreadcrumbList": ("itemListElement",),
    "ItemList": ("itemListElement",),
    "ListItem": ("position",),
    "WebSite": ("name", "url"),
    "CorrectionComment": ("text", "datePublished"),
}
# Search engines cut a headline at about this many characters.
HEADLINE_CHARACTERS = 110


def missing(node: Mapping[str, Any], types: set[str]) -> Iterator[str]:
    for name in sorted(types & REQUIRED.keys()):
        for wanted in REQUIRED[name]:
            if not any(option in node for option in wanted.split("|")):
                yield f"{name} without {wanted.replace('|', ' or ')}"


def oddities(node: Mapping[str, Any], types: set[str]) -> Iterator[tuple[str, str]]:
    """(rule, sentence) for what the vocabulary lets pass."""
    headline = node.get("headline")
    if isinstance(headline, str) and len(headline) > HEADLINE_CHARACTERS:
        yield "headline", f"headline of {len(headline)} characters, more than {HEADLINE_CHARACTERS}"
    if "@id" in node and not is_absolute(node["@id"]):
        yield "not-absolute", f"@id is not an absolute address: {node['@id']!r}"
    published, modified = node.get("datePublished"), node.get("dateModified")
    if isinstance(published, str) and isinstance(modified, str) and _is_before(modified, published):
        yield "dates", f"modified {modified} before it was published {published}"
    if "BreadcrumbList" in types:
        yield from _breadcrumbs(node)


def _breadcrumbs(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    items = node.get("itemListElement", [])
    items = items if isinstance(items, list) else [items]
    positions = [item.get("position") for item in items if isinstance(item, dict)]
    if positions != list(range(1, len(items) + 1)):
        yield "breadcrumbs", f"positions are {positions}, not counted from 1"
    for item in items[:-1]:
        if isinstance(item, dict) and "item" not in item:
            yield "breadcrumbs", f"no address for {item.get('name')!r}, which is not the last"


def _is_before(first: str, second: str) -> bool:
    try:
        return datetime.fromisoformat(first) < datetime.fromisoformat(second)
    except (ValueError, TypeError):
        return False  # an unreadable date is found elsewhere
