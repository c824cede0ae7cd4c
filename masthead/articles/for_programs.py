"""
Articles as programs of others get them – feeds, the API: filled in for many at once.

Nothing here ever holds more than everybody may read.
"""

from collections.abc import Sequence
from typing import Any

from masthead.articles.models import Access
from masthead.articles.reading import PARTS_BEFORE_GATE, Pictures, body_parts
from masthead.outlets.sheet import Sheet
from masthead.people.queries import AuthorLine, author_lines

Snapshot = dict[str, Any]
Parts = list[dict[str, Any]]


def parts_for_everybody(snapshot: Snapshot) -> Parts:
    """Of a members' article only the first parts leave the house."""
    parts: Parts = snapshot["body"]
    return parts if snapshot["access"] == Access.OPEN else parts[:PARTS_BEFORE_GATE]


def bodies(snapshots: Sequence[Snapshot], *, sheet: Sheet, pictures: Pictures) -> list[Parts]:
    """All bodies are filled in as one, so that embeds cost one query, then taken apart again."""
    together = [
        {**part, "entry": number}
        for number, snapshot in enumerate(snapshots)
        for part in parts_for_everybody(snapshot)
    ]
    apart: list[Parts] = [[] for _each in snapshots]
    for part in body_parts(together, sheet=sheet, pictures=pictures, absolute=True):
        apart[part["entry"]].append(part)
    return apart


def bylines(snapshots: Sequence[Snapshot], *, sheet: Sheet) -> list[list[AuthorLine]]:
    """Everybody's authors in one query."""
    stored = [entry for snapshot in snapshots for entry in snapshot["authors"]]
    lines = iter(author_lines(stored, sheet=sheet))
    return [[next(lines) for _each in snapshot["authors"]] for snapshot in snapshots]
