"""When an edition is due: days and an hour on the outlet's clock, daylight saving included."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def latest_hour(
    *, days: Iterable[int], hour: time, zone: ZoneInfo, at: datetime
) -> datetime | None:
    """
    The latest hour at or before a moment, as an instant; None without days. days: 0 is Monday.

    An hour that the clocks skip in spring comes when they have moved on, an hour later by the sun;
    one that they repeat in autumn counts the first time.
    """
    wanted = set(days)
    today = at.astimezone(zone).date()
    for back in range(9):
        day = today - timedelta(days=back)
        instant = datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)
        if day.weekday() in wanted and instant <= at:
            return instant
    return None


def next_hour(
    *, days: Iterable[int], hour: time, zone: ZoneInfo, after: datetime
) -> datetime | None:
    """The first hour after a moment; by the same rules."""
    wanted = set(days)
    today = after.astimezone(zone).date()
    for ahead in range(9):
        day = today + timedelta(days=ahead)
        instant = datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)
        if day.weekday() in wanted and instant > after:
            return instant
    return None
