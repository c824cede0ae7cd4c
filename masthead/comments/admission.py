"""
How much is taken at once, so that no flood of posts keeps readers from their pages.

Decided in memory, before anything is asked of the database: at the front door, and again by the
program, which may be reached without it. Each process counts for itself. Knows no Django.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

MOST_KEPT = 50_000  # addresses that are remembered, some 10 MB


@dataclass
class Bucket:
    """So many at once, then so many a second."""

    burst: float
    per_second: float
    left: float = -1.0
    filled_at: float = 0.0

    def look(self, now: float) -> float:
        """0 when there is one, which can be taken from `left`; else after how many seconds."""
        if self.left < 0:
            self.left, self.filled_at = self.burst, now
        self.left = min(self.burst, self.left + (now - self.filled_at) * self.per_second)
        self.filled_at = now
        return 0.0 if self.left >= 1 else (1 - self.left) / self.per_second


class Admission:
    """
    of_all: everybody together. of_each: from one address; of IPv6 one household's range.

    One customer's range of IPv6, which has room for 65,536 households, gets half of what all do.
    """

    def __init__(self, *, of_all: tuple[float, float], of_each: tuple[float, float]) -> None:
        self._all = Bucket(*of_all)
        self._each_terms = of_each
        self._range_terms = (of_all[0] / 2, of_all[1] / 2)
        self._each: OrderedDict[Hashable, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait_seconds(self, address: str | None, *, now: float | None = None) -> int:
        """0: come in. Else when to come again."""
        return self.wait(household(address) if address else None, now=now)

    def wait(self, who: Hashable | None, *, now: float | None = None) -> int:
        """
        As `wait_seconds`, for whoever has found out already from where somebody comes: a range as
        `household` writes it, or the door's number (`press.door.reads.Reads.reader`).

        From one household it is refused first, so that whoever floods takes nobody's place.
        """
        now = time.monotonic() if now is None else now
        with self._lock:
            buckets = [self._bucket(each, terms) for each, terms in self._whose(who)]
            wait = _longest(buckets, now) or self._all.look(now)
            if not wait:
                for each in (self._all, *buckets):
                    each.left -= 1
        return int(wait) + 1 if wait else 0

    def look(self, who: Hashable | None, *, now: float | None = None) -> int:
        """As `wait`, and takes nothing."""
        now = time.monotonic() if now is None else now
        with self._lock:
            known = [self._each.get(each) for each, _terms in self._whose(who)]
            wait = _longest(filter(None, known), now) or self._all.look(now)
        return int(wait) + 1 if wait else 0

    def _whose(self, who: Hashable | None) -> list[tuple[Hashable, tuple[float, float]]]:
        if who is None:
            return []
        wider = customer(who)
        ranges = [] if wider is None else [(wider, self._range_terms)]
        return [(who, self._each_terms), *ranges]

    def _bucket(self, who: Hashable, terms: tuple[float, float]) -> Bucket:
        bucket = self._each.pop(who, None) or Bucket(*terms)
        self._each[who] = bucket
        if len(self._each) > MOST_KEPT:
            self._each.popitem(last=False)
        return bucket

    def forget(self) -> None:
        """For tests: as if nobody had come yet."""
        with self._lock:
            self._each.clear()
            self._all.left = -1.0


def _longest(buckets: Iterable[Bucket], now: float) -> float:
    return max((each.look(now) for each in buckets), default=0.0)


def household(address: str) -> str:
    try:
        read = ip_address(address)
    except ValueError:
        return address[:50]
    if isinstance(read, IPv6Address):
        return str(ip_network((read, 64), strict=False))
    return str(read)


def customer(who: Hashable) -> Hashable | None:
    """The range that one customer is usually given, of an IPv6 household's; None of others."""
    if isinstance(who, int):
        return f"network {who >> 64}" if who >> 64 else None
    return _customer(who) if isinstance(who, str) and who.endswith("/64") else None


@lru_cache(maxsize=1_000)
def _customer(range_of_household: str) -> str:
    return str(ip_network(range_of_household).supernet(new_prefix=48))


# A network's busiest minute is some posts a second; a person's is some in a minute, and a school
# or an office stands behind one address.
TERMS: dict[str, dict[str, tuple[float, float]]] = {
    "posts": {"of_all": (40, 20), "of_each": (12, 0.2)},
    "small_acts": {"of_all": (100, 50), "of_each": (40, 1)},
    "notices": {"of_all": (20, 0.5), "of_each": (5, 5 / 60)},
}
posts, small_acts, notices = (Admission(**each) for each in TERMS.values())
