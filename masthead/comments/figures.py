"""
A year of moderation in numbers, as Articles 15 and 24 of the EU's Digital Services Act ask whoever
hosts what others write to publish them. Of nobody in particular.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from statistics import median
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from masthead.comments.models import Act, Appeal, Decision, Report

RESTRICTING = (Act.REJECT, Act.REMOVE_THREAD, Act.BAN)


def of_year(year: int) -> dict[str, Any]:
    """What began in a year of UTC. Hours are medians, None where nothing was decided."""
    begin, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    inside = Q(at__gte=begin, at__lt=end)
    appeals = Appeal.objects.filter(inside)
    return {
        "year": year,
        "notices": _notices(inside),
        "restrictions": _restrictions(inside),
        "complaints": {
            "of_authors": _complaints(appeals.filter(report=None)),
            "of_notifiers": _complaints(appeals.exclude(report=None)),
        },
    }


def _notices(inside: Q) -> dict[str, Any]:
    rows = Report.objects.filter(inside, reason=Report.Reason.ILLEGAL)
    decided = rows.filter(state__in=[Report.State.UPHELD, Report.State.DISMISSED])
    return {
        "received": rows.count(),
        **_by_state(rows, Report.State.values),
        "decided_by_machine": 0,  # a person decides on each
        "hours": _hours(decided.values_list("at", "decided_at")),
    }


def _restrictions(inside: Q) -> list[dict[str, Any]]:
    """Each with its reason, whether a person or the program decided, and how many were undone."""
    rows = (
        Decision.objects.filter(inside, act__in=RESTRICTING)
        .annotate(by_machine=ExpressionWrapper(Q(by=None), output_field=BooleanField()))
        .values("act", "reason", "by_machine")
        .annotate(number=Count("pk"), undone=Count("undone_at"))
        .order_by("act", "reason", "by_machine")
    )
    return [
        {
            "act": row["act"],
            "reason": row["reason"],
            "decided": "machine" if row["by_machine"] else "person",
            "number": row["number"],
            "undone": row["undone"],
        }
        for row in rows
    ]


def _complaints(rows: Any) -> dict[str, Any]:
    decided = rows.exclude(state=Appeal.State.OPEN)
    return {
        "received": rows.count(),
        **_by_state(rows, Appeal.State.values),
        "hours": _hours(decided.values_list("at", "answered_at")),
    }


def _by_state(rows: Any, states: Iterable[str]) -> dict[str, int]:
    found = dict(rows.values_list("state").annotate(Count("pk")).order_by("state"))
    return {state: found.get(state, 0) for state in states}


def _hours(spans: Iterable[tuple[datetime, datetime | None]]) -> float | None:
    taken = [(end - begin).total_seconds() / 3600 for begin, end in spans if end is not None]
    return round(median(taken), 1) if taken else None
