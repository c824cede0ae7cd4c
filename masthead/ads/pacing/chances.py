"""
How likely devices are told to choose a flight: what is left of it, over what will come until its
end. Worked out anew each minute, so whatever was guessed wrongly mends itself.

**Order.** Devices walk the flights of a priority in order, and those that come last on a full page
get nothing of it. So first are those that need the largest part of what comes to them: a flight
that only fits one section stands before one that can be shown elsewhere. But what asks for far
more than will ever come stands behind all whose goals can be kept, else it would bring them down
with it.

**What nobody has counted yet.** A list is up to a minute old on a device, and counts come a minute
later. What must have been shown meanwhile is taken off before it is known; when little is left, no
more is asked for than what is left by the time the next list is in force.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import inf, sqrt

from masthead.ads.pacing.curves import Supply
from masthead.ads.pacing.learning import NOTHING_SEEN, Learnt

Cell = tuple[int, str]  # an outlet and a place of it

DAY = 86_400.0
# Ahead of an even pace: what goes wrong at the very end can no longer be mended.
AHEAD = 1.04
# A list until it is in force everywhere, and what it did until it is counted.
LIST_SECONDS, COUNT_SECONDS = 120.0, 90.0
# More readers at once than an hour of the week usually has.
CROWD = 1.5
LATELY_SECONDS = 300.0
UNKNOWN = 0.1  # where nothing was counted yet, so that something will be
HARDLY_CHANGED = 0.02
LEAST_LEFT = 0.1
# Asks for too much, and not only for some views in its last minute.
HOPELESS_NEED, HOPELESS_PART = 1.5, 0.05


class Unit(Enum):
    VIEWS = "views"
    CLICKS = "clicks"
    SHARE = "share"


@dataclass(frozen=True)
class Order:
    """
    What a flight is to get. Moments in seconds since 1970.

    goal: in `unit`; 0 for as many as come. ends: None for an open end; with `until_reached` it
    goes on after it. soon: as soon as possible, not evenly. daily_cap: 0 for none.
    supply: what comes in its places at its hours; whole: at any hour. cells: those places, so
    that it is known which flights meet.
    """

    id: int
    unit: Unit
    goal: int
    starts: float
    ends: float | None
    supply: Supply
    whole: Supply | None = None
    cells: frozenset[Cell] = frozenset()
    until_reached: bool = False
    soon: bool = False
    daily_cap: int = 0
    is_sponsorship: bool = False
    is_house: bool = False

    def open_part(self, start: float, end: float) -> float:
        """How much of what comes in its places between two moments comes at its hours."""
        if self.whole is None or self.whole is self.supply:
            return 1.0
        whole = self.whole.expected(start, end)
        return self.supply.expected(start, end) / whole if whole else 1.0


@dataclass(frozen=True)
class Since:
    """What was counted since the last turn; chances: in all of its places, at any hour."""

    seconds: float
    chances: int
    offered: int
    visible: int
    clicked: int


@dataclass(frozen=True)
class Counted:
    """
    What is known of it: `done` of its unit in all and `today`, both as far as counted; how likely
    the last list and the one before it told devices to choose it, and what became of that; how
    many chances a second came lately where it runs, 0 if unknown.
    """

    done: int = 0
    today: int = 0
    learnt: Learnt = NOTHING_SEEN
    chance: float = 0.0
    before: float = 0.0
    a_second: float = 0.0

    def after(self, since: Since, order: Order, *, done: int, today: int, at: float) -> "Counted":
        """What is known a turn later."""
        if since.seconds <= 0:
            return replace(self, done=done, today=today)
        told = since.chances * (self.chance + self.before) / 2
        told *= order.open_part(at - since.seconds, at)
        learnt = self.learnt.after(
            seconds=since.seconds,
            told=told,
            offered=since.offered,
            visible=since.visible,
            clicked=since.clicked,
        )
        new = min(1.0, since.seconds / LATELY_SECONDS)
        a_second = self.a_second * (1 - new) + since.chances / since.seconds * new
        return replace(self, done=done, today=today, learnt=learnt, a_second=a_second)


@dataclass(frozen=True)
class Paced:
    """
    chance: how likely a device chooses it where it fits. need: the same before it was held back,
    may be more than 1, and then it will not get all of it. is_hopeless: it will be far from it.
    """

    id: int
    chance: float
    need: float
    is_hopeless: bool = False


def pace(order: Order, counted: Counted, *, at: float, midnight: float) -> Paced:
    """
    One flight by itself. at: now; midnight: the next one, when days are counted anew.
    """
    if order.unit is Unit.SHARE:
        share = min(1.0, order.goal / 1000)
        return Paced(order.id, share, share)
    worth = _worth(order, counted.learnt)
    need = _need(order, counted, worth, at=at) if order.goal else 1.0
    held = min(need, 1.0)
    window = _Window(order, counted, worth, at=at)
    if order.goal:
        held = min(held, window.for_what_is_left(order.goal - counted.done))
    if order.daily_cap:
        left = order.daily_cap - counted.today
        held = min(held, window.surely_within(left))
        if not order.soon:
            today = order.supply.expected(at, min(midnight, order.ends or midnight)) * worth
            held = min(held, AHEAD * left / today if today else held)
    return Paced(
        order.id,
        _as_before(max(0.0, held), counted.chance),
        need,
        is_hopeless=_is_hopeless(order, counted, need),
    )


def _is_hopeless(order: Order, counted: Counted, need: float) -> bool:
    if need < HOPELESS_NEED or order.soon:
        return False
    return (order.goal - counted.done) * (1 - 1 / need) > HOPELESS_PART * order.goal


def _worth(order: Order, learnt: Learnt) -> float:
    """What of the unit becomes of one chance at which devices are told to choose it."""
    views = learnt.reach * learnt.seen
    return views * learnt.clicks if order.unit is Unit.CLICKS else views


def _need(order: Order, counted: Counted, worth: float, *, at: float) -> float:
    left = order.goal - counted.done
    if left <= 0:
        return 0.0
    if order.ends is None or order.ends <= at:
        is_over = order.ends is not None and not order.until_reached
        return 0.0 if is_over else 1.0
    comes = order.supply.expected(at, order.ends) * worth
    if not comes:
        return UNKNOWN
    return AHEAD * left / comes if not order.soon else max(1.0, left / comes)


class _Window:
    """What happens between now and the moment when the next list can change it."""

    def __init__(self, order: Order, counted: Counted, worth: float, *, at: float) -> None:
        usual = order.supply.expected(at, at + LIST_SECONDS) / LIST_SECONDS
        self._a_second = max(usual, counted.a_second) * worth
        # Lists of a minute ago are still at work for a minute; what they did is counted later.
        self._under_way = counted.chance * self._a_second * (COUNT_SECONDS + LIST_SECONDS / 2)

    def for_what_is_left(self, left: float) -> float:
        return self._chance_for(left)

    def surely_within(self, left: float) -> float:
        """So little that chance and a crowd at once do not bring it beyond."""
        if left <= 0:
            return 0.0
        # So many expected that four times their usual deviation more are still within.
        sure = max(0.0, sqrt(left + 4) - 2) ** 2
        return self._chance_for(sure / CROWD)

    def _chance_for(self, left: float) -> float:
        left -= self._under_way
        if left <= 0:
            return 0.0
        comes = self._a_second * LIST_SECONDS
        return left / comes if comes else inf


def _as_before(chance: float, former: float) -> float:
    """The same as before when it is almost that, so that lists need not be made anew for it."""
    rounded = float(f"{chance:.3g}")
    if former and chance and abs(chance / former - 1) < HARDLY_CHANGED:
        return former
    return rounded


def in_order(paced: Sequence[tuple[Order, Paced]]) -> list[Paced]:
    """
    As devices walk them, and what is left over shared among those that take what comes.

    Those with a goal that ask for the largest part first; after them what asks for too much, then
    those as soon as possible, which would leave nothing; last those that take as many as come.
    """
    ranked = sorted(paced, key=lambda pair: _rank(*pair))
    asked = [pair for pair in ranked if pair[0].goal]
    rest = [pair for pair in ranked if not pair[0].goal]
    shared = [
        replace(each, chance=min(each.chance, _part(order, asked, rest[number:], rest)))
        for number, (order, each) in enumerate(rest)
    ]
    return [each for _, each in asked] + shared


def _part(
    order: Order,
    asked: Sequence[tuple[Order, Paced]],
    from_here: Sequence[tuple[Order, Paced]],
    rest: Sequence[tuple[Order, Paced]],
) -> float:
    """Of what comes: the last one takes all that is left, those before it an equal part each."""
    after = [other for other, _ in from_here[1:] if _meet(order, other)]
    if not after:
        return 1.0
    peers = sum(1 for other, _ in rest if _meet(order, other))
    taken = sum(each.chance for other, each in asked if _meet(order, other))
    return float(f"{max(LEAST_LEFT, 1.0 - taken) / peers:.3g}")


def _meet(one: Order, other: Order) -> bool:
    return one.is_house is other.is_house and not one.cells.isdisjoint(other.cells)


def _rank(order: Order, paced: Paced) -> tuple[bool, bool, bool, bool, float, int]:
    later = (order.is_house, not order.is_sponsorship, order.soon, paced.is_hopeless)
    return (*later, -paced.need, order.id)
