"""
How a device chooses, as `ads.listing` describes it: one number for each place, walked through the
list. What a device may be told apart by is worked out once for each kind of page and device.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.ads.book import Booked
from masthead.ads.selling.checking import REMEMBERED_DAYS

DAY = 86_400
# With goals and house, each a flight and its chance.
Walk = tuple[list[tuple[int, float]], list[tuple[int, float]]]


@dataclass(frozen=True)
class Page:
    """What a page says of itself, and what the device knows."""

    outlet: int
    section: int
    kind: str
    screen: str
    country: str


class Fitting:
    """Which flights fit a place of a page on a device, but for the hour and what it has shown."""

    def __init__(self, book: Iterable[Booked]) -> None:
        self._book = list(book)
        self._found: dict[tuple[Page, str], frozenset[int]] = {}

    def __call__(self, page: Page, place: str) -> frozenset[int]:
        key = (page, place)
        found = self._found.get(key)
        if found is None:
            found = frozenset(each.id for each in self._book if each.fits(page, place))
            self._found[key] = found
        return found


def choose(walk: Walk, fits: frozenset[int], blocked: Collection[int], r: float) -> int | None:
    """
    Which flight a place shows; None for the house offer that was printed there.

    r: from [0, 1). blocked: those that stand on the page already or have a rival there, and those
    that the device has seen often enough.
    """
    with_goals, house = walk
    taken = 0.0
    for flight, chance in with_goals:
        if flight in fits and flight not in blocked:
            taken += chance
            if r < taken:
                return flight
    if not house:
        return None
    r = (r - taken) / (1 - taken)
    for flight, chance in house:
        if flight in fits and flight not in blocked:
            if r < chance:
                return flight
            r -= chance
    return None


class Memory:
    """What one device remembers of flights with a cap, as `kept` and `times` of ads.mjs."""

    def __init__(self) -> None:
        self._seen: dict[int, list[float]] = {}

    def times(self, flight: int, days: int, now: float) -> int:
        return sum(at > now - days * DAY for at in self._seen.get(flight, ()))

    def keep(self, flight: int, cap: int, now: float) -> None:
        """now: when the page was opened on which it was seen."""
        oldest = now - REMEMBERED_DAYS * DAY
        for each in [each for each, times in self._seen.items() if times[-1] < oldest]:
            del self._seen[each]
        self._seen[flight] = [*self._seen.get(flight, ()), now][-cap:]

    def flights(self) -> Iterable[int]:
        return self._seen


def walk_of(listed: Sequence[tuple[Booked, float]]) -> Walk:
    """Those that are on the list, in its order."""
    with_goals = [(each.id, chance) for each, chance in listed if not each.is_house and chance]
    house = [(each.id, chance) for each, chance in listed if each.is_house and chance]
    return with_goals, house
