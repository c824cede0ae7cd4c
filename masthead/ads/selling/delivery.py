"""What was counted of flights and campaigns, beside what was promised."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Sum

from masthead.ads.models import Flight, HourOfAds


@dataclass(frozen=True, order=True)
class Delivered:
    offered: int = 0
    visible: int = 0
    clicked: int = 0

    @property
    def click_rate(self) -> float:
        """Clicks among a hundred visible views."""
        return 100 * self.clicked / self.visible if self.visible else 0.0

    def of_goal(self, flight: Flight) -> int:
        return self.clicked if flight.goal_kind == Flight.Goal.CLICKS else self.visible


NOTHING = Delivered()


def delivered(flights: Iterable[int]) -> dict[int, Delivered]:
    """By flight; those without any count are left out. One query."""
    return {row["creative__flight"]: _row(row) for row in _summed(flights, "creative__flight")}


def delivered_by_creative(flights: Iterable[int]) -> dict[int, Delivered]:
    return {row["creative"]: _row(row) for row in _summed(flights, "creative")}


def delivered_by_place(flights: Iterable[int]) -> list[tuple[int, str, Delivered]]:
    """Outlet, place and counts, in that order."""
    rows = _summed(flights, "outlet", "place")
    return sorted((row["outlet"], row["place"], _row(row)) for row in rows)


def delivered_by_hour(flights: Iterable[int]) -> list[tuple[datetime, Delivered]]:
    """Hours in which anything was counted, oldest first, in UTC."""
    rows = sorted((row["hour"], _row(row)) for row in _summed(flights, "hour"))
    return [(datetime.fromtimestamp(hour * 3600, tz=UTC), counts) for hour, counts in rows]


def missing(flight: Flight, counts: Delivered) -> int:
    """What a flight owes; nothing for a share of voice or one without a goal."""
    if flight.goal_kind == Flight.Goal.SHARE:
        return 0
    return max(0, flight.goal - counts.of_goal(flight))


def _summed(flights: Iterable[int], *by: str) -> Collection[dict[str, Any]]:
    rows = HourOfAds.objects.filter(creative__flight__in=list(flights)).order_by()
    return rows.values(*by).annotate(
        offered=Sum("offered"), visible=Sum("visible"), clicked=Sum("clicked")
    )


def _row(row: dict[str, Any]) -> Delivered:
    return Delivered(row["offered"], row["visible"], row["clicked"])
