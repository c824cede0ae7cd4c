"""What can still be sold in a time to come: by place, of an outlet or of a section of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Sum

from masthead.ads.models import Flight, FlightPace, Place
from masthead.ads.pacing.chances import Cell, Order, Unit
from masthead.ads.pacing.counts import Done, done_of
from masthead.ads.pacing.curves import Curve
from masthead.ads.pacing.learning import Learnt
from masthead.ads.pacing.orders import order_of, running
from masthead.ads.pacing.queries import learnt_of
from masthead.ads.pacing.selling import Claim, part_of, what_is_left
from masthead.reading.models import HourOfReads

USUALLY_SEEN = 0.6
READS_OF = timedelta(days=7)


@dataclass(frozen=True)
class ForSale:
    """Visible views of one place: what will come, what is promised, what is free."""

    outlet: str
    place: str
    expected: int
    promised: int
    free: int


@dataclass(frozen=True)
class Short:
    """A flight that asks for more than what is there; missing: views or clicks of its goal."""

    flight: Flight
    missing: int


@dataclass(frozen=True)
class Outlooks:
    rows: list[ForSale]
    short: list[Short]


def for_sale(
    outlets: Mapping[int, str],
    *,
    curves: Mapping[Cell, Curve],
    seen: Mapping[Cell, float],
    all_outlets: Sequence[int],
    start: datetime,
    end: datetime,
    section: int | None = None,
    shares: Mapping[int, float] | None = None,
) -> Outlooks:
    """
    curves: of all outlets, since flights run on several. seen: what part of offers is seen, by
    place. section: of one outlet; then `shares` says which part of what is read is which
    section's. Some five queries.
    """
    span = (start.timestamp(), end.timestamp())
    whole = {cell: curve.expected(*span) for cell, curve in curves.items()}
    within = 1.0 if section is None else (shares or {}).get(section, 0.0)
    here = {cell: whole[cell] * within for cell in _in_order(whole) if cell[0] in outlets}
    expected = whole | here if section is None else here
    flights = list(
        running(at=start, until=end)
        .exclude(priority=Flight.Priority.HOUSE)
        .prefetch_related("sections")
    )
    ids = [each.pk for each in flights]
    counted, paced = done_of(ids), FlightPace.objects.in_bulk(ids)
    claims = []
    for flight in flights:
        order = order_of(flight, curves, outlets=all_outlets)
        part = part_of([each.pk for each in flight.sections.all()], section, shares or {})
        learnt = learnt_of(paced.get(flight.pk))
        wanted = _wanted(order, counted.get(flight.pk, Done()), learnt, start, end)
        cells = order.cells & expected.keys()
        # Of what it takes everywhere, what it takes here.
        part *= _sum(whole, cells) / (_sum(whole, order.cells) or 1)
        claims.append(Claim(flight.pk, cells, wanted * part))
    left = what_is_left(expected, claims)
    rows = [
        _row(outlets[cell[0]], cell, comes, left.free[cell], seen) for cell, comes in here.items()
    ]
    by_id = {each.pk: each for each in flights}
    short = [
        Short(by_id[flight], round(chances * learnt_of(paced.get(flight)).seen))
        for flight, chances in sorted(left.short.items())
        if by_id[flight].goal and by_id[flight].goal_kind == Flight.Goal.VIEWS
    ]
    return Outlooks(rows, [each for each in short if each.missing])


def _sum(whole: Mapping[Cell, float], cells: Iterable[Cell]) -> float:
    return sum(whole.get(cell, 0.0) for cell in cells)


def _in_order(cells: Mapping[Cell, float]) -> list[Cell]:
    places = list(Place.values)
    return sorted(cells, key=lambda cell: (cell[0], places.index(cell[1])))


def _row(
    outlet: str, cell: Cell, expected: float, free: float, seen: Mapping[Cell, float]
) -> ForSale:
    views = seen.get(cell, USUALLY_SEEN)
    whole = round(expected * views)
    left = min(whole, round(free * views))
    return ForSale(outlet, str(Place(cell[1]).label), whole, whole - left, left)


def _wanted(order: Order, done: Done, learnt: Learnt, start: datetime, end: datetime) -> float:
    """Chances that a flight will take between two moments."""
    first = max(start.timestamp(), order.starts)
    last = min(end.timestamp(), order.ends) if order.ends else end.timestamp()
    comes = order.supply.expected(first, last)
    if order.unit is Unit.SHARE:
        return comes * min(1.0, order.goal / 1000)
    if not order.goal:
        return 0.0  # takes what nobody else wants
    left = max(0, order.goal - (done.clicks if order.unit is Unit.CLICKS else done.views))
    offers = left / learnt.seen / (learnt.clicks if order.unit is Unit.CLICKS else 1.0)
    if order.ends is None or order.soon:
        return min(offers, comes)
    whole = order.supply.expected(max(order.starts, start.timestamp()), order.ends)
    return offers * (comes / whole if whole else 1.0)


def shares_of_sections(outlet_id: int, *, at: datetime) -> dict[int, float]:
    """Which part of an outlet's reads of the last week are of articles of each section."""
    hour = int((at - READS_OF).timestamp()) // 3600
    rows = (
        HourOfReads.objects.filter(published__outlet=outlet_id, hour__gte=hour)
        .values(section=F("published__top_section_id"))
        .annotate(reads=Sum("reads"))
        .order_by("section")
    )
    reads = {row["section"]: row["reads"] for row in rows}
    whole = sum(reads.values())
    return {section: number / whole for section, number in reads.items()} if whole else {}
