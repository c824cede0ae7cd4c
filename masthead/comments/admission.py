"""
How much is taken at once, so that no flood of posts keeps readers from their pages.

Decided in memory, before anything is asked of the database. Each web process counts for itself.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

MOST_KEPT = 50_000  # addresses that are remembered, some 10 MB


@dataclass
class Bucket:
    """So many at once, then so many a second."""

    burst: float
    per_second: float
    left: float = -1.0
    filled_at: float = 0.0

    def wait(self, now: float) -> float:
        """0 when there is one, which is then taken; else after how many seconds."""
        if self.left < 0:
            self.left, self.filled_at = self.burst, now
        self.left = min(self.burst, self.left + (now - self.filled_at) * self.per_second)
        self.filled_at = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.per_second


class Admission:
    """of_all: everybody together. of_each: from one address; of IPv6 one household's range."""

    def __init__(self, *, of_all: tuple[float, float], of_each: tuple[float, float]) -> None:
        self._all = Bucket(*of_all)
        self._each_terms = of_each
        self._each: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait_seconds(self, address: str | None, *, now: float | None = None) -> int:
        """0: come in. Else when to come again."""
        now = time.monotonic() if now is None else now
        with self._lock:
            if address:
                wait = self._bucket(household(address)).wait(now)
                if wait:
                    return int(wait) + 1
            wait = self._all.wait(now)
        return int(wait) + 1 if wait else 0

    def _bucket(self, name: str) -> Bucket:
        bucket = self._each.pop(name, None) or Bucket(*self._each_terms)
        self._each[name] = bucket
        if len(self._each) > MOST_KEPT:
            self._each.popitem(last=False)
        return bucket

    def forget(self) -> None:
        """For tests: as if nobody had come yet."""
        with self._lock:
            self._each.clear()
            self._all.left = -1.0


def household(address: str) -> str:
    try:
        read = ip_address(address)
    except ValueError:
        return address[:50]
    if isinstance(read, IPv6Address):
        return str(ip_network((read, 64), strict=False))
    return str(read)


# A network's busiest minute is some posts a second; a person's is some in a minute, and a school
# or an office stands behind one address.
posts = Admission(of_all=(40, 20), of_each=(12, 0.2))
small_acts = Admission(of_all=(100, 50), of_each=(40, 1))
notices = Admission(of_all=(20, 0.5), of_each=(5, 5 / 60))
