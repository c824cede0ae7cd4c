"""Reads: the log, for whoever prints."""

from masthead.changes.models import Change
from masthead.core.prepared import Prepared

_newest: Prepared[int] = Prepared(
    lambda: Change.objects.order_by("-number").values_list("number", flat=True)[:1]
)


def newest_number() -> int:
    """0 when nothing has ever changed. Read before a page is built, it says what the page saw."""
    return next(iter(_newest.rows()), 0)


def changes_after(number: int, *, most: int = 500) -> list[Change]:
    """In order. When the first one is not `number` + 1, older ones have been forgotten."""
    return list(Change.objects.filter(number__gt=number).order_by("number")[:most])
