"""
A month, minute by minute: the real pacing works out chances from what was counted until then,
devices choose by the lists that they have, and what they did is counted a moment later.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from benchmarks.ads.book import Booked
from benchmarks.ads.device import Fitting, Memory, Page, Walk, choose, walk_of
from benchmarks.ads.programs import Programs
from benchmarks.ads.traffic import OUTLETS, PLACES, PROGRAMS, QUIET_PROGRAMS, Device, Traffic
from masthead.ads.pacing.chances import Counted, Order, Paced, Since, in_order, pace
from masthead.ads.pacing.curves import Curve, Supply, curves_of, together
from masthead.ads.pacing.learning import NOTHING_SEEN

BEGIN = 1_785_542_400  # 1 August 2026, a Saturday
DAY, HOUR, MINUTE = 86_400, 3_600, 60
WEEKS_BEFORE = 12
# Half of it in view for a second; how long until then; clicks of those who see it, and until then.
SEEN = {"top": 0.72, "in-text": 0.58, "side": 0.5, "list": 0.63, "card": 0.55}
SEEN_AFTER, CLICKED, CLICKED_AFTER = 8.0, 0.004, 25.0
COUNTED_AFTER, COUNTED_LATEST = 3.0, 20.0  # the door's file, the worker's turn
LIST_AGE = 60.0  # at most, on a device
OFFERED, VISIBLE, CLICK = 0, 1, 2


@dataclass
class Tally:
    """Of one flight: what devices did, and what has been counted of it."""

    real: list[int] = field(default_factory=lambda: [0, 0, 0])
    counted: list[int] = field(default_factory=lambda: [0, 0, 0])
    at_last_turn: list[int] = field(default_factory=lambda: [0, 0, 0])
    by_day: Counter[int] = field(default_factory=Counter)  # counted, in the flight's unit


@dataclass(frozen=True)
class Forecast:
    """What was expected of a cell from a moment on, and the days it is about."""

    cell: tuple[int, str]
    day: int
    days: int
    expected: float


class Month:
    first_hour = BEGIN // HOUR

    def __init__(self, book: list[Booked], *, page_views: int, days: int, seed: int = 7) -> None:
        self.book, self.days = book, days
        self.by_id = {each.id: each for each in book}
        self.traffic = Traffic(page_views, seed=seed)
        self.random = random.Random(seed + 1)
        self.tallies = {each.id: Tally() for each in book}
        self.known = {each.id: Counted(learnt=NOTHING_SEEN) for each in book}
        self.chances_by_hour: dict[tuple[int, str], Counter[int]] = defaultdict(Counter)
        self.chances: Counter[tuple[int, str]] = Counter()
        self.filled: Counter[tuple[int, str]] = Counter()
        self.memories: dict[int, Memory] = defaultdict(Memory)
        self.seen_on: dict[tuple[int, int], list[float]] = defaultdict(list)
        self.programs = Programs()
        self.views = self.refused = self.quiet = 0
        self.most_on_a_device: Counter[int] = Counter()
        self.forecasts: list[Forecast] = []
        self.expected_at_the_end: dict[int, float] = {}
        self._pending: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._pending_chances: dict[int, Counter[tuple[int, str]]] = defaultdict(Counter)
        self._new_chances: Counter[tuple[int, str]] = Counter()
        self._fits = Fitting(book)
        self._rivals = {
            each.id: frozenset(
                other.id for other in book if each.trade and other.trade == each.trade
            )
            for each in book
        }
        self._orders: dict[int, Order] = {}

    def run(self, each_day: Callable[[int], None] = lambda day: None) -> None:
        for hour, rows in self.traffic.history(WEEKS_BEFORE):
            for outlet, place, chances in rows:
                self.chances_by_hour[outlet, place][BEGIN // HOUR + hour] = chances
        lists: tuple[Walk, Walk] = (([], []), ([], []))
        for minute in range(self.days * 1440):
            if minute % 60 == 0:
                self._look_ahead(minute)
            if minute % 1440 == 0:
                each_day(minute // 1440)
            lists = (self._turn(minute), lists[0])
            self._read(minute, lists)
        for minute in range(self.days * 1440, self.days * 1440 + 5):
            self._take(minute)

    def _look_ahead(self, minute: int) -> None:
        """What the hours so far say of those to come; once an hour."""
        until = (BEGIN + minute * MINUTE) // HOUR
        curves: dict[tuple[int, str], Curve] = {}
        for outlet in range(len(OUTLETS)):
            of_outlet = {
                place: hours for (of, place), hours in self.chances_by_hour.items() if of == outlet
            }
            for place, curve in curves_of(of_outlet, until=until, zone="UTC").items():
                curves[outlet, place] = curve
        for each in self.book:
            own = [curve for cell, curve in curves.items() if cell in each.cells]
            self._orders[each.id] = _order(each, own)
        if minute % 1440 == 0:
            self._note_forecasts(minute, curves)

    def _note_forecasts(self, minute: int, curves: dict[tuple[int, str], Curve]) -> None:
        day = minute // 1440
        start = BEGIN + minute * MINUTE
        for days in {min(7, self.days), self.days - day} if day == 0 else {7}:
            if day + days <= self.days:
                for cell, curve in curves.items():
                    expected = curve.expected(start, start + days * DAY)
                    self.forecasts.append(Forecast(cell, day, days, expected))

    def _turn(self, minute: int) -> Walk:
        """The minute's turn: what was counted, new chances, a new list."""
        self._take(minute)
        at = float(BEGIN + minute * MINUTE)
        day = minute // 1440
        midnight = BEGIN + (day + 1) * DAY
        paced: list[tuple[Order, Paced]] = []
        for each in self.book:
            order = self._orders[each.id]
            if at < order.starts or (
                order.ends is not None and at >= order.ends and not order.until_reached
            ):
                continue
            known = self._follow(each, order, day, at)
            found = pace(order, known, at=at, midnight=midnight)
            paced.append((order, found))
        self._new_chances.clear()
        hour, weekday = minute // 60 % 24, (day + 5) % 7
        listed = []
        for found in in_order(paced):
            known = self.known[found.id]
            self.known[found.id] = replace(known, before=known.chance, chance=found.chance)
            booked = self.by_id[found.id]
            if (not booked.hours or hour in booked.hours) and (
                not booked.weekdays or weekday in booked.weekdays
            ):
                listed.append((booked, found.chance))
        return walk_of(listed)

    def _follow(self, each: Booked, order: Order, day: int, at: float) -> Counted:
        tally = self.tallies[each.id]
        new = [now - then for now, then in zip(tally.counted, tally.at_last_turn, strict=True)]
        tally.at_last_turn = list(tally.counted)
        since = Since(
            seconds=MINUTE,
            chances=sum(self._new_chances[cell] for cell in each.cells),
            offered=new[OFFERED],
            visible=new[VISIBLE],
            clicked=new[CLICK],
        )
        done = tally.counted[CLICK if each.unit.value == "clicks" else VISIBLE]
        known = self.known[each.id].after(since, order, done=done, today=tally.by_day[day], at=at)
        self.known[each.id] = known
        return known

    def _take(self, minute: int) -> None:
        """What the worker has taken over by now."""
        for flight, what, day in self._pending.pop(minute, ()):
            self.tallies[flight].counted[what] += 1
            if what == (CLICK if self.by_id[flight].unit.value == "clicks" else VISIBLE):
                self.tallies[flight].by_day[day] += 1
        for cell, chances in self._pending_chances.pop(minute, Counter()).items():
            self._new_chances[cell] += chances
            self.chances_by_hour[cell][(BEGIN + (minute - 1) * MINUTE) // HOUR] += chances
            self.chances[cell] += chances

    def _read(self, minute: int, lists: tuple[Walk, Walk]) -> None:
        roll = self.random.random
        for device, page in self.traffic.views(minute):
            is_program = roll() < PROGRAMS
            self.views += 1
            second = roll() * MINUTE
            # A list that was fetched before this minute's is good until it is a minute old.
            walk = lists[0] if roll() * LIST_AGE < second else lists[1]
            self._open(minute, second, walk, device, page)
            if roll() < QUIET_PROGRAMS:
                self.quiet += 1
                self._open(minute, second, walk, device, page)
            if is_program:  # besides, not instead
                if self.programs.next_is_refused():
                    self.refused += 1
                else:
                    self._open(minute, second, walk, device, page)

    def _open(self, minute: int, second: float, walk: Walk, device: Device, page: Page) -> None:
        roll, at = self.random.random, minute * MINUTE + second
        blocked = self._seen_enough(device.id, at)
        for place in PLACES[page.kind]:
            cell = (page.outlet, place)
            counted = self._minute_of(at + COUNTED_AFTER + roll() * COUNTED_LATEST)
            self._pending_chances[counted][cell] += 1
            found = choose(walk, self._fits(page, place), blocked, roll())
            if found is None:
                continue
            blocked.add(found)
            blocked |= self._rivals[found]
            self.filled[cell] += 1
            self._count(found, OFFERED, at)
            if roll() < SEEN[place]:
                seen_at = at + self.random.expovariate(1 / SEEN_AFTER)
                self._count(found, VISIBLE, seen_at)
                self._remember(device.id, found, opened_at=at, seen_at=seen_at)
                if roll() < CLICKED:
                    self._count(found, CLICK, seen_at + self.random.expovariate(1 / CLICKED_AFTER))

    def _count(self, flight: int, what: int, at: float) -> None:
        self.tallies[flight].real[what] += 1
        counted_at = at + COUNTED_AFTER + self.random.random() * COUNTED_LATEST
        self._pending[self._minute_of(counted_at)].append((flight, what, int(at // DAY)))

    @staticmethod
    def _minute_of(at: float) -> int:
        """The turn that first sees it."""
        return int(at // MINUTE) + 1

    def _seen_enough(self, device: int, at: float) -> set[int]:
        memory = self.memories.get(device)
        if memory is None:
            return set()
        capped = [self.by_id[flight] for flight in memory.flights()]
        return {each.id for each in capped if memory.times(each.id, each.cap_days, at) >= each.cap}

    def _remember(self, device: int, flight: int, *, opened_at: float, seen_at: float) -> None:
        """
        On the device at once: its pages are read one after another. Beside it, what it really saw.
        """
        booked = self.by_id[flight]
        if booked.cap:
            self.memories[device].keep(flight, booked.cap, opened_at)
            really = self.seen_on[device, flight]
            really.append(seen_at)
            really[:] = [each for each in really if each > seen_at - booked.cap_days * DAY]
            self.most_on_a_device[flight] = max(self.most_on_a_device[flight], len(really))


def _order(each: Booked, curves: list[Curve]) -> Order:
    whole = together(curves)
    supply: Supply = whole
    if each.hours or each.weekdays:
        supply = together(
            curve.within(hours=each.hours, weekdays=each.weekdays) for curve in curves
        )
    starts = BEGIN + each.starts * DAY
    return Order(
        id=each.id,
        unit=each.unit,
        goal=each.goal,
        starts=starts,
        ends=starts + each.days * DAY,
        supply=supply,
        whole=whole,
        cells=each.cells,
        until_reached=each.until_reached,
        soon=each.soon,
        daily_cap=each.daily_cap,
        is_sponsorship=each.is_sponsorship,
        is_house=each.is_house,
    )
