"""
JSON-LD against the schema.org vocabulary: types exist, properties belong to their type or an
ancestor, values are in range, dates are ISO; and what we ask of ourselves (schema_ours).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html

from .findings import Finding
from .schema_ours import missing, oddities
from .schema_values import is_absolute, plain_value_fits
from .vocabulary import read_vocabulary

CONTEXTS = {"https://schema.org", "https://schema.org/"}
Fault = tuple[str, str]


def check_structured_data(html: str, page: str, *, must_have: Iterable[str] = ()) -> list[Finding]:
    """
    Every fault in the page's JSON-LD.

    must_have: types (or ancestors of types) that the page has to carry; {"NewsArticle",
    "BreadcrumbList"} for an article. A page may carry none at all if nothing is asked for.
    """
    faults, roots = _read(html)
    nodes = list(_nodes(roots))
    by_id = _merged(nodes)
    for node in nodes:
        faults += _check_node(node, by_id)
    faults += _absent(nodes, must_have)
    return sorted({Finding(page, rule, text) for rule, text in faults})


def _read(html: str) -> tuple[list[Fault], list[Any]]:
    faults: list[Fault] = []
    roots: list[Any] = []
    tree = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", object_pairs_hook=_without_doubles)
        except ValueError as unreadable:
            faults.append(("json", f"not JSON: {unreadable}"))
            continue
        for root in data if isinstance(data, list) else [data]:
            if not isinstance(root, dict) or root.get("@context") not in CONTEXTS:
                faults.append(("context", f"@context is not https://schema.org: {str(root)[:80]}"))
            else:
                roots += root.get("@graph", [root])
    return faults, roots


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    node = dict(pairs)
    if len(node) != len(pairs):
        raise ValueError(f"a key is given twice among {[key for key, _ in pairs]}")
    return node


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if set(value) - {"@context"} != {"@id"}:  # otherwise it is only a reference
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)


def _merged(nodes: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """A thing may be described in parts under one @id; what is required may be in any."""
    by_id: dict[str, dict[str, Any]] = {}
    for node in nodes:
        if isinstance(node.get("@id"), str):
            by_id.setdefault(node["@id"], {}).update(node)
    return by_id


def _types(node: dict[str, Any]) -> list[str]:
    named = node.get("@type", [])
    named = named if isinstance(named, list) else [named]
    return [str(name).removeprefix("https://schema.org/") for name in named]


def _ancestors(node: dict[str, Any]) -> set[str]:
    vocabulary = read_vocabulary()
    return set().union(*(vocabulary.ancestors(name) for name in _types(node)))


def _check_node(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[Fault]:
    vocabulary = read_vocabulary()
    names = _types(node)
    label = "+".join(names) or "a thing without @type"
    if not names:
        return [("type", f"no @type: {str(node)[:80]}")]
    unknown: list[Fault] = [
        ("type", f"no such type: {name}") for name in names if name not in vocabulary.names
    ]
    if unknown:
        return unknown
    types = _ancestors(node)
    whole = by_id.get(str(node.get("@id")), node)
    faults: list[Fault] = [("required", text) for text in missing(whole, types)]
    faults += [(rule, f"{label}: {text}") for rule, text in oddities(node, types)]
    for name, value in node.items():
        if not name.startswith("@"):
            faults += _check_property(label, types, name, value, by_id)
    return faults


def _check_property(
    label: str, types: set[str], name: str, value: Any, by_id: dict[str, dict[str, Any]]
) -> list[Fault]:
    vocabulary = read_vocabulary()
    allowed = vocabulary.range_of(name, types)
    if allowed is None:
        return [("property", f"{label} has no property {name}")]
    faults: list[Fault] = []
    if name in vocabulary.superseded:
        faults.append(("superseded", f"{label}: {name} is superseded"))
    values = value if isinstance(value, list) else [value]
    if not values:
        faults.append(("empty", f"{label}: {name} is an empty list"))
    for one in values:
        rule = _fault_of(one, allowed, by_id)
        if rule:
            wanted = " or ".join(sorted(allowed))
            faults.append((rule, f"{label}: {name} wants {wanted}, not {str(one)[:80]!r}"))
    return faults


def _fault_of(value: Any, allowed: frozenset[str], by_id: dict[str, dict[str, Any]]) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return "empty"
    if not isinstance(value, dict):
        return None if plain_value_fits(value, allowed, read_vocabulary()) else "range"
    if "@type" in value:
        types = _ancestors(value)
        return None if allowed & types or "Role" in types else "range"
    target = by_id.get(str(value.get("@id")))
    if target is None:
        return None if is_absolute(value.get("@id")) else "reference"
    return None if allowed & _ancestors(target) else "range"


def _absent(nodes: Iterable[dict[str, Any]], must_have: Iterable[str]) -> list[Fault]:
    present = set().union(*(_ancestors(node) for node in nodes))
    return [
        ("absent", f"no {name} on the page") for name in sorted(must_have) if name not in present
    ]
