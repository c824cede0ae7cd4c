"""The minute's turn: from what was counted to how likely each flight is, for the lists."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from masthead.ads.models import Flight, FlightPace, PacingTurn
from masthead.ads.pacing.chances import Cell, Counted, Order, Paced, Since, Unit, in_order, pace
from masthead.ads.pacing.counts import Done, chances_since, done_of
from masthead.ads.pacing.curves import HOUR
from masthead.ads.pacing.orders import order_of, running
from masthead.ads.pacing.outlooks import curves_now
from masthead.ads.pacing.queries import learnt_of
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.models import Outlet

# Flights that begin so soon have their chances before they are on a list.
AHEAD = timedelta(minutes=5)
# After a longer stop what was told then and what came since do not belong together.
LEARNS_WITHIN_SECONDS = 1800.0
_WRITTEN = [field.name for field in FlightPace._meta.concrete_fields if not field.primary_key]


@dataclass(frozen=True)
class _Network:
    """What is read once a turn."""

    at: datetime
    hour: int
    seconds: float
    new_chances: Mapping[Cell, int]
    today: Mapping[int, Done]


def pace_flights(*, at: datetime) -> list[int]:
    """
    Work out the chances of every flight that runs; answers the outlets where they are others now.

    Some eight queries, however many flights; once an hour two more. What is written is one short
    transaction, in which the lists of those outlets are told to be made anew. Called twice in a
    minute it does no harm.
    """
    flights = list(running(at=at, until=at + AHEAD))
    stored = FlightPace.objects.in_bulk([each.pk for each in flights])
    outlets = list(Outlet.objects.order_by("pk").values_list("pk", flat=True))
    curves = curves_now()
    orders = {each.pk: order_of(each, curves, outlets=outlets) for each in flights}
    chances = chances_since(int(at.timestamp()) // HOUR - 1)
    network = _look(flights, chances, at)
    rows = _count_on(flights, stored, network)
    found = [_pace(orders[row.flight_id], row, network) for row in rows]
    changed = _rank(found, rows)
    touched = sorted({cell[0] for pk in changed for cell in orders[pk].cells})
    with transaction.atomic():
        PacingTurn.objects.update_or_create(pk=1, defaults={"at": at, "chances": chances})
        _store(rows, stored)
        resting = FlightPace.objects.exclude(flight__in=list(orders)).filter(chance__gt=0)
        resting.update(chance=0, before=0)
        if touched:
            note_change(keys=[keys.advertising(each) for each in touched], at=at)
    return touched


def _look(flights: Sequence[Flight], chances: Mapping[str, int], at: datetime) -> _Network:
    last = PacingTurn.objects.filter(pk=1).first()
    before = last.chances if last else {}
    new: Counter[Cell] = Counter()
    if last is not None:
        for name, count in chances.items():
            outlet, place, _ = name.split(" ")
            new[int(outlet), place] += max(0, count - before.get(name, 0))
    capped = [each.pk for each in flights if each.daily_cap]
    midnight = at.astimezone(_zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = done_of(capped, since=int(midnight.timestamp()) // HOUR) if capped else {}
    seconds = (at - last.at).total_seconds() if last else 0.0
    if seconds > LEARNS_WITHIN_SECONDS:
        seconds = 0.0
    return _Network(at, int(at.timestamp()) // HOUR, seconds, new, today)


def _count_on(
    flights: Sequence[Flight], stored: Mapping[int, FlightPace], network: _Network
) -> list[FlightPace]:
    """Each flight's row with its sums; hours before the last one are summed up once an hour."""
    settled_before = network.hour - 1
    rows = [
        stored.get(each.pk) or FlightPace(flight=each, worked_at=network.at) for each in flights
    ]
    unsettled = [row for row in rows if row.settled_hour != settled_before]
    if unsettled:
        old = done_of([row.flight_id for row in unsettled], before=settled_before)
        for row in unsettled:
            row.settled = old.get(row.flight_id, Done()).as_list()
            row.settled_hour = settled_before
    new = done_of([row.flight_id for row in rows], since=settled_before)
    by_id = {each.pk: each for each in flights}
    for row in rows:
        row.flight = by_id[row.flight_id]
        row.sums = Done(*row.settled) + new.get(row.flight_id, Done())  # type: ignore[attr-defined]
    return rows


def _pace(order: Order, row: FlightPace, network: _Network) -> tuple[Order, Paced]:
    sums: Done = row.sums  # type: ignore[attr-defined]
    at = network.at.timestamp()
    since = Since(
        seconds=0.0 if row._state.adding else network.seconds,
        chances=sum(network.new_chances.get(cell, 0) for cell in order.cells),
        offered=max(0, sums.offered - row.offered),
        visible=max(0, sums.visible - row.visible),
        clicked=max(0, sums.clicked - row.clicked),
    )
    today = network.today.get(order.id, Done())
    by_clicks = order.unit is Unit.CLICKS
    counted = _counted(row).after(
        since,
        order,
        done=sums.clicks if by_clicks else sums.views,
        today=today.clicks if by_clicks else today.views,
        at=at,
    )
    _keep(row, counted, sums, network.at)
    return order, pace(order, counted, at=at, midnight=_next_midnight(network.at))


def _counted(row: FlightPace) -> Counted:
    return Counted(
        learnt=learnt_of(row), chance=row.chance, before=row.before, a_second=row.a_second
    )


def _keep(row: FlightPace, counted: Counted, sums: Done, at: datetime) -> None:
    row.done = counted.done
    row.offered, row.visible, row.clicked = sums.offered, sums.visible, sums.clicked
    row.told_lately, row.offered_lately = counted.learnt.told, counted.learnt.offered
    row.visible_lately, row.clicked_lately = counted.learnt.visible, counted.learnt.clicked
    row.a_second = counted.a_second
    row.worked_at = at


def _rank(found: Sequence[tuple[Order, Paced]], rows: Iterable[FlightPace]) -> set[int]:
    """Puts them in order; answers those whose chance or place in the order is another one."""
    by_id = {row.flight_id: row for row in rows}
    changed = set()
    former = [row.flight_id for row in sorted(by_id.values(), key=lambda row: row.rank)]
    ordered = in_order(found)
    for rank, each in enumerate(ordered):
        row = by_id[each.id]
        if row._state.adding or row.chance != each.chance:
            changed.add(each.id)
        row.before, row.chance, row.need, row.rank = row.chance, each.chance, each.need, rank
    if former != [each.id for each in ordered]:
        moved = (now.id for now, then in zip(ordered, former, strict=True) if now.id != then)
        changed.update(each for each in moved if by_id[each].chance)
    return changed


def _store(rows: Sequence[FlightPace], stored: Mapping[int, FlightPace]) -> None:
    FlightPace.objects.bulk_create([row for row in rows if row.flight_id not in stored])
    known = [row for row in rows if row.flight_id in stored]
    FlightPace.objects.bulk_update(known, _WRITTEN, batch_size=50)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _next_midnight(at: datetime) -> float:
    tomorrow = at.astimezone(_zone()).date() + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), tzinfo=_zone()).timestamp()
