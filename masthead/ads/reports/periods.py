"""From which day to which, as a report was asked for. Days are the network's: UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAYS = 30
MOST_DAYS = 400
HOURS_A_DAY = 24
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Period:
    """first, last: both in it."""

    first: date
    last: date

    @property
    def first_hour(self) -> int:
        """Since 1970."""
        return (self.first - EPOCH).days * HOURS_A_DAY

    @property
    def end_hour(self) -> int:
        """The first one that is not in it."""
        return ((self.last - EPOCH).days + 1) * HOURS_A_DAY

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def day_of(number: int) -> date:
    """By days since 1970."""
    return EPOCH + timedelta(days=number)


def asked_for(given: Mapping[str, str], *, at: datetime, ahead: bool = False) -> Period:
    """
    `from` and `to` of an address; the last thirty days, or the next, when it does not say or says
    nothing that makes sense.
    """
    today = at.date()
    usual = (
        (today, today + timedelta(days=DAYS - 1))
        if ahead
        else (today - timedelta(days=DAYS - 1), today)
    )
    first = _day(given.get("from", "")) or usual[0]
    last = _day(given.get("to", "")) or usual[1]
    if not first <= last <= first + timedelta(days=MOST_DAYS):
        first, last = usual
    return Period(first, last)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
