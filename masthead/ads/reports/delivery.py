"""Delivery against plan: of each flight what was promised, what is done and how it will end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masthead.ads.models import Flight, FlightPace, HourOfAds, Pause
from masthead.ads.pacing.chances import Cell, Order
from masthead.ads.pacing.counts import Done, done_of
from masthead.ads.pacing.curves import Curve
from masthead.ads.pacing.learning import Learnt
from masthead.ads.pacing.orders import order_of
from masthead.ads.pacing.queries import learnt_of
from masthead.ads.reports.periods import day_of

BEHIND, AHEAD = 0.95, 1.1  # of the plan
WORDS: dict[str, str | Promise] = {
    "to-come": _("Begins later"),
    "paused": _("Paused"),
    "reached": _("Reached"),
    "short": _("Ended short of its goal"),
    "over": _("Over"),
    "will-be-short": _("Will be short"),
    "behind": _("Behind its plan"),
    "ahead": _("Ahead of its plan"),
    "on-plan": _("On its plan"),
    "runs": _("Runs"),
}


@dataclass(frozen=True)
class Delivery:
    """
    planned: how much of the goal should be done by now, if readers come as they usually do;
    expected: how much will be done at its end. Both None where there is no goal or no end.
    state: a key of WORDS.
    """

    flight: Flight
    done: Done
    of_goal: int
    planned: int | None
    expected: int | None
    state: str

    @property
    def words(self) -> str | Promise:
        return WORDS[self.state]

    @property
    def percent(self) -> float | None:
        return 100 * self.of_goal / self.flight.goal if self._has_goal else None

    @property
    def missing(self) -> int:
        return max(0, self.flight.goal - self.of_goal) if self._has_goal else 0

    @property
    def _has_goal(self) -> bool:
        return bool(self.flight.goal) and self.flight.goal_kind != Flight.Goal.SHARE


def deliveries(
    flights: Sequence[Flight],
    *,
    curves: Mapping[Cell, Curve],
    outlets: Collection[int],
    at: datetime,
) -> list[Delivery]:
    """
    In the order given. Two queries. curves: what is expected, of all outlets. flights: with their
    outlets read.
    """
    ids = [each.pk for each in flights]
    counted, paced = done_of(ids), FlightPace.objects.in_bulk(ids)
    return [
        _delivery(
            each,
            order_of(each, curves, outlets=outlets),
            counted.get(each.pk, Done()),
            paced.get(each.pk),
            at,
        )
        for each in flights
    ]


def _delivery(
    flight: Flight, order: Order, done: Done, paced: FlightPace | None, at: datetime
) -> Delivery:
    by_clicks = flight.goal_kind == Flight.Goal.CLICKS
    of_goal = done.clicks if by_clicks else done.views
    planned = expected = None
    if flight.goal and flight.goal_kind != Flight.Goal.SHARE and order.ends is not None:
        planned = round(flight.goal * _elapsed(order, at.timestamp()))
        most = order.supply.expected(max(at.timestamp(), order.starts), order.ends)
        possible = most * worth_of(order, learnt_of(paced), by_clicks=by_clicks)
        expected = max(of_goal, min(flight.goal, of_goal + round(possible)))
    return Delivery(
        flight, done, of_goal, planned, expected, _state(flight, of_goal, planned, expected, at)
    )


def _elapsed(order: Order, at: float) -> float:
    """How much of what comes from its beginning to its end has come."""
    assert order.ends is not None
    if at >= order.ends:
        return 1.0
    if at <= order.starts:
        return 0.0
    whole = order.supply.expected(order.starts, order.ends)
    if not whole:
        return (at - order.starts) / (order.ends - order.starts)
    return order.supply.expected(order.starts, at) / whole


def worth_of(order: Order, learnt: Learnt, *, by_clicks: bool) -> float:
    """What of the goal becomes of a chance, as far as it is known."""
    views = learnt.reach * learnt.seen
    return views * learnt.clicks if by_clicks else views


def _state(
    flight: Flight, of_goal: int, planned: int | None, expected: int | None, at: datetime
) -> str:
    has_goal = bool(flight.goal) and flight.goal_kind != Flight.Goal.SHARE
    if has_goal and of_goal >= flight.goal:
        return "reached"
    if flight.ends_at is not None and flight.ends_at <= at and flight.hard_stop:
        return "short" if has_goal else "over"
    if flight.paused != Pause.NONE:
        return "paused"
    if flight.starts_at > at:
        return "to-come"
    if not has_goal or planned is None or expected is None:
        return "runs"
    if expected < flight.goal * 0.99:
        return "will-be-short"
    if of_goal < planned * BEHIND:
        return "behind"
    return "ahead" if of_goal > planned * AHEAD else "on-plan"


@dataclass(frozen=True)
class Day:
    """One day of a flight, and how much was done and planned by its end."""

    on: date
    offered: int
    visible: int
    clicked: int
    done: int
    planned: int | None


def days_of(
    flight: Flight, *, curves: Mapping[Cell, Curve], outlets: Collection[int], at: datetime
) -> list[Day]:
    """From its first day until now, or its end. One query."""
    rows = (
        HourOfAds.objects.filter(creative__flight=flight)
        .annotate(day=F("hour") / 24)
        .values("day")
        .annotate(o=Sum("offered"), v=Sum("visible"), c=Sum("clicked"))
        .order_by("day")
    )
    counted = {row["day"]: (row["o"], row["v"], row["c"]) for row in rows}
    order = order_of(flight, curves, outlets=outlets)
    until = min(at, flight.ends_at) if flight.ends_at and flight.hard_stop else at
    first, last = int(order.starts // 86_400), int(until.timestamp() // 86_400)
    has_plan = flight.goal and flight.goal_kind != Flight.Goal.SHARE and order.ends is not None
    found, done = [], 0
    for day in range(first, max([first, last, *counted]) + 1):
        offered, visible, clicked = counted.get(day, (0, 0, 0))
        done += clicked if flight.goal_kind == Flight.Goal.CLICKS else visible
        end = (day + 1) * 86_400.0
        planned = round(flight.goal * _elapsed(order, end)) if has_plan else None
        found.append(Day(day_of(day), offered, visible, clicked, done, planned))
    return found
