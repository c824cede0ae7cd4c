"""Flights as pacing sees them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from masthead.ads.models import Campaign, Creative, Flight, Pause
from masthead.ads.pacing.chances import Cell, Order, Unit
from masthead.ads.pacing.curves import Curve, together
from masthead.ads.pacing.outlooks import ON_PAGES
from masthead.outlets.models import Outlet

UNITS = {
    Flight.Goal.VIEWS: Unit.VIEWS,
    Flight.Goal.CLICKS: Unit.CLICKS,
    Flight.Goal.SHARE: Unit.SHARE,
}


def running(*, at: datetime, until: datetime | None = None) -> QuerySet[Flight]:
    """
    Flights that may be offered at a moment, or at any until another: booked, in their time, not
    paused, with something approved to show. With their outlets, by id. Two queries.
    """
    approved = Creative.objects.filter(flight=OuterRef("pk"), state=Creative.State.APPROVED)
    return (
        Flight.objects.filter(
            Exists(approved),
            Q(ends_at=None) | Q(ends_at__gt=at) | Q(hard_stop=False),
            campaign__state=Campaign.State.BOOKED,
            starts_at__lte=until or at,
            paused=Pause.NONE,
        )
        .select_related("campaign")
        .prefetch_related(Prefetch("outlets", Outlet.objects.only("pk").order_by("pk")))
        .order_by("pk")
    )


def cells_of(flight: Flight, outlets: Collection[int]) -> frozenset[Cell]:
    """Where on pages it may stand. outlets: all there are."""
    named = [each.pk for each in flight.outlets.all()] or outlets
    places = [place for place in ON_PAGES if not flight.places or place in flight.places]
    return frozenset((outlet, place) for outlet in named for place in places)


def order_of(flight: Flight, curves: Mapping[Cell, Curve], *, outlets: Collection[int]) -> Order:
    cells = cells_of(flight, outlets)
    own = [curves[cell] for cell in sorted(cells) if cell in curves]
    whole = together(own)
    supply = whole
    if flight.hours or flight.weekdays:
        supply = together(
            curve.within(hours=flight.hours, weekdays=flight.weekdays) for curve in own
        )
    return Order(
        id=flight.pk,
        unit=UNITS[Flight.Goal(flight.goal_kind)],
        goal=flight.goal,
        starts=flight.starts_at.timestamp(),
        ends=flight.ends_at.timestamp() if flight.ends_at else None,
        supply=supply,
        whole=whole,
        cells=cells,
        until_reached=not flight.hard_stop,
        soon=flight.pace == Flight.Pace.SOON,
        daily_cap=flight.daily_cap,
        is_sponsorship=flight.priority == Flight.Priority.SPONSORSHIP,
        is_house=flight.priority == Flight.Priority.HOUSE,
    )
