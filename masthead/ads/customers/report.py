"""What a campaign has brought, as its advertiser is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from masthead.ads.models import Campaign, Flight, Place
from masthead.ads.selling.delivery import (
    NOTHING,
    Delivered,
    delivered,
    delivered_by_hour,
    delivered_by_place,
)
from masthead.ads.selling.words import goal_in_words
from masthead.outlets.models import Outlet


@dataclass(frozen=True)
class FlightTold:
    flight: Flight
    goal: str
    counts: Delivered
    per_cent: int | None


@dataclass(frozen=True)
class Report:
    """days: by the outlet's calendar, oldest first. places: outlet's name, place, counts."""

    campaign: Campaign
    total: Delivered
    flights: Sequence[FlightTold]
    days: Sequence[tuple[date, Delivered]]
    places: Sequence[tuple[str, str, Delivered]]


def report_of(campaign: Campaign, *, zone: str) -> Report:
    """Five queries, however much was counted."""
    flights = list(campaign.flights.order_by("starts_at", "pk"))
    ids = [each.pk for each in flights]
    counts = delivered(ids)
    places = delivered_by_place(ids)
    names = dict(
        Outlet.objects.filter(pk__in={outlet for outlet, _, _ in places}).values_list("pk", "title")
    )
    return Report(
        campaign=campaign,
        total=summed(counts.values()),
        flights=[_told(flight, counts.get(flight.pk, NOTHING)) for flight in flights],
        days=by_day(delivered_by_hour(ids), zone=zone),
        places=[(names[outlet], str(Place(place).label), each) for outlet, place, each in places],
    )


def by_day(
    hours: Sequence[tuple[datetime, Delivered]], *, zone: str
) -> list[tuple[date, Delivered]]:
    days: dict[date, list[Delivered]] = {}
    for hour, counts in hours:
        days.setdefault(hour.astimezone(ZoneInfo(zone)).date(), []).append(counts)
    return [(day, summed(each)) for day, each in sorted(days.items())]


def summed(counts: Iterable[Delivered]) -> Delivered:
    rows = list(counts)
    return Delivered(
        sum(each.offered for each in rows),
        sum(each.visible for each in rows),
        sum(each.clicked for each in rows),
    )


def _told(flight: Flight, counts: Delivered) -> FlightTold:
    has_goal = flight.goal and flight.goal_kind != Flight.Goal.SHARE
    reached = counts.of_goal(flight)
    per_cent = round(100 * reached / flight.goal) if has_goal else None
    return FlightTold(flight, goal_in_words(flight), counts, per_cent)
