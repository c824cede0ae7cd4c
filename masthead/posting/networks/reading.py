"""Reading what a network answered: anybody's words, which are not taken as they are."""

import json
import math
from datetime import datetime
from typing import Any

from masthead.core.for_programs import without_controls

MOST_DEPTH = 40  # of lists and objects in each other


class Unreadable(ValueError):
    """It is no JSON, or not in the form that it should have."""


def read_json(content: bytes) -> Any:
    """
    Without signs that no database takes; NaN and the like count as unreadable.

    Raises Unreadable.
    """
    try:
        return _clean(json.loads(content), MOST_DEPTH)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def _clean(found: Any, depth: int) -> Any:
    if depth == 0:
        raise Unreadable
    if isinstance(found, str):
        return without_controls(found)
    if isinstance(found, float) and not math.isfinite(found):
        raise Unreadable
    if isinstance(found, list):
        return [_clean(each, depth - 1) for each in found]
    if isinstance(found, dict):
        return {without_controls(name): _clean(each, depth - 1) for name, each in found.items()}
    return found


def at_path(found: Any, *path: str) -> Any:
    """What stands at a path of names; None when nothing does."""
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def moment_in(each: dict[str, Any], name: str) -> datetime:
    """An ISO date with its zone. Raises Unreadable."""
    try:
        found = datetime.fromisoformat(str(each.get(name)))
    except ValueError as error:
        raise Unreadable from error
    if found.tzinfo is None:
        raise Unreadable
    return found
