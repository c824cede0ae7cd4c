"""Fill: of the chances there were, how many were used, seen and clicked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from masthead.ads.models import Flight, HourOfAds, Place
from masthead.ads.reports.periods import Period, day_of

SOLD = ~Q(creative__flight__priority=Flight.Priority.HOUSE)


@dataclass(frozen=True)
class Filled:
    """
    chances: how often something could have been shown. sold: how often something was that
    somebody pays for; house: our own. visible, clicked: of both.
    """

    chances: int = 0
    sold: int = 0
    house: int = 0
    visible: int = 0
    clicked: int = 0

    def __add__(self, other: "Filled") -> "Filled":
        return Filled(
            self.chances + other.chances,
            self.sold + other.sold,
            self.house + other.house,
            self.visible + other.visible,
            self.clicked + other.clicked,
        )

    @property
    def offered(self) -> int:
        return self.sold + self.house

    @property
    def fill(self) -> float | None:
        """Percent of the chances that are sold; None where there was none."""
        return 100 * self.sold / self.chances if self.chances else None

    @property
    def seen(self) -> float | None:
        return 100 * self.visible / self.offered if self.offered else None

    @property
    def clicks(self) -> float | None:
        """Among a hundred that were seen."""
        return 100 * self.clicked / self.visible if self.visible else None


@dataclass(frozen=True)
class PlaceFilled:
    outlet: str
    place: str
    filled: Filled


def fill_by_day(outlets: Collection[int], period: Period) -> dict[date, Filled]:
    """Every day of the period, also those with nothing. One query."""
    found = {
        day_of(row["day"]): _filled(row)
        for row in _summed(_hours(outlets, period).annotate(day=F("hour") / 24).values("day"))
    }
    return {day: found.get(day, Filled()) for day in period.days()}


def fill_by_place(outlets: Mapping[int, str], period: Period) -> list[PlaceFilled]:
    """By outlet in the order given, then by place as they stand on pages. One query."""
    rows = {
        (row["outlet"], row["place"]): _filled(row)
        for row in _summed(_hours(outlets, period).values("outlet", "place"))
    }
    return [
        PlaceFilled(name, str(Place(place).label), rows[outlet, place])
        for outlet, name in outlets.items()
        for place in Place.values
        if (outlet, place) in rows
    ]


def whole(rows: Iterable[Filled]) -> Filled:
    return sum(rows, Filled())


def seen_by_place(outlets: Collection[int], period: Period) -> dict[tuple[int, str], float]:
    """Of what was offered in a place, how much was seen. One query."""
    rows = _summed(_hours(outlets, period).values("outlet", "place"))
    return {
        (row["outlet"], row["place"]): row["seen"] / (row["sold"] + row["house"])
        for row in rows
        if row["sold"] + row["house"]
    }


def _hours(outlets: Collection[int], period: Period) -> QuerySet[HourOfAds]:
    return HourOfAds.objects.filter(
        outlet__in=list(outlets), hour__gte=period.first_hour, hour__lt=period.end_hour
    ).order_by()


def _summed(rows: QuerySet[HourOfAds, Any]) -> Iterable[dict[str, Any]]:
    return rows.annotate(
        all_chances=Sum("chances"),
        sold=Sum("offered", filter=SOLD, default=0),
        house=Sum("offered", filter=~SOLD, default=0),
        seen=Sum("visible"),
        followed=Sum("clicked"),
    )


def _filled(row: Mapping[str, Any]) -> Filled:
    return Filled(row["all_chances"], row["sold"], row["house"], row["seen"], row["followed"])
