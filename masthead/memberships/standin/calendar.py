"""Periods as Stripe counts them: months keep the day they began on, where the month has it."""

import calendar
from datetime import UTC, datetime

DAY = 86_400
_SECONDS = {"day": DAY, "week": 7 * DAY}


def after(start: int, *, interval: str, count: int, anchor: int) -> int:
    """The end of a period that begins at `start`; anchor: when the first one began."""
    if interval in _SECONDS:
        return start + count * _SECONDS[interval]
    begun, first = (datetime.fromtimestamp(each, tz=UTC) for each in (start, anchor))
    months = begun.month - 1 + count * (12 if interval == "year" else 1)
    year, month = begun.year + months // 12, months % 12 + 1
    day = min(first.day, calendar.monthrange(year, month)[1])
    return int(begun.replace(year=year, month=month, day=day).timestamp())
