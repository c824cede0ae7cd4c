"""Dates in the demo's text, which are counted from the day an article is published."""

from __future__ import annotations

import re
from datetime import date, timedelta

MARK = re.compile(r"\{(weekday|date|month) ([+-]?\d+)\}")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def dated(text: str, *, on: date) -> str:
    """Fill in every `{weekday -6}`, `{date +7}` and `{month -1}`."""
    return MARK.sub(lambda mark: _said(mark[1], int(mark[2]), on), text)


def _said(form: str, offset: int, on: date) -> str:
    if form == "month":
        return MONTHS[(on.month - 1 + offset) % 12]
    day = on + timedelta(days=offset)
    return WEEKDAYS[day.weekday()] if form == "weekday" else f"{day.day} {MONTHS[day.month - 1]}"
