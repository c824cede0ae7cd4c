"""Stripe's form encoding: `items[0][price]=price_1` as nested dicts and lists."""

import re
from typing import Any
from urllib.parse import parse_qsl

_PART = re.compile(r"\[([^\]]*)\]")


def decode(text: str) -> dict[str, Any]:
    """Nested values; every leaf is text. Dicts with whole numbers as keys are lists."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        first, _, _rest = name.partition("[")
        _put(found, [first, *_PART.findall(name)], value)
    return {name: _with_lists(value) for name, value in found.items()}


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        into = into.setdefault(part or str(len(into)), {})
    last = path[-1] or str(len(into))
    into[last] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inside = {name: _with_lists(each) for name, each in value.items()}
    if inside and all(name.isdecimal() for name in inside):
        return [inside[name] for name in sorted(inside, key=int)]
    return inside


def whole(value: Any, otherwise: int = 0) -> int:
    return otherwise if value in (None, "") else int(value)


def truth(value: Any) -> bool:
    return str(value).lower() == "true"
