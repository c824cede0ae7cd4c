"""
The honest count of what people read: how often an article was opened, and nothing about by whom.

A read is a GET that somebody asked for and that was answered with the whole page: no HEAD, no 304,
nothing fetched beforehand, nothing by what says itself that it is a program.
"""

import ipaddress
import os
import re
from collections.abc import Iterable

from masthead.press.door.memory import Held

# One address counts so many times an hour for one article: a family or an office is not left out,
# a loop is.
MOST_OF_ONE = 5
# One byte for each of so many (address, article) pairs. Two pairs in one cell count as one, which
# can leave a read out, never add one.
CELLS = 1 << 20
_MASK = CELLS - 1

# What programs call themselves. Those that call themselves browsers are damped, like everybody.
_PROGRAM = re.compile(
    rb"bot|crawl|spider|slurp|http|fetch|curl|wget|python|java/|perl|ruby|scan|monitor|preview"
    rb"|externalhit|headless|lighthouse|feed|archiv",
    re.IGNORECASE,
)
_BEFOREHAND = {b"sec-purpose", b"purpose", b"x-purpose", b"x-moz"}


def is_by_person(lines: Iterable[tuple[bytes, bytes]]) -> bool:
    """
    Whether a request with these header lines may count. Names in lower case.

    Without a User-Agent it is a program. What a page's script or a frame fetches is not read.
    """
    agent = b""
    for name, value in lines:
        if name == b"user-agent":
            agent = value
        elif name == b"sec-fetch-dest":
            if value != b"document":
                return False
        elif name in _BEFOREHAND and value.lower().startswith((b"prefetch", b"prerender")):
            return False
    return bool(agent) and _PROGRAM.search(agent) is None


def forwarded_for(lines: Iterable[tuple[bytes, bytes]]) -> bytes:
    """X-Forwarded-For; a proxy may send it several times, and they are one list."""
    return b",".join(value for name, value in lines if name == b"x-forwarded-for")


class Reads:
    """
    Damps what one address can add. It keeps no address and writes nothing: a byte for each pair of
    address and article, found by a hash that is salted anew each hour, and then begun again.
    """

    def __init__(self, *, behind_proxy: bool = False) -> None:
        """behind_proxy: whether the last address in X-Forwarded-For is who asks."""
        self._behind_proxy = behind_proxy
        self.hour = -1
        self.begin_hour()

    def at(self, hour: int) -> None:
        """hour: in hours since 1970."""
        if hour != self.hour:
            self.hour = hour
            self.begin_hour()

    def begin_hour(self) -> None:
        self._salt = os.urandom(16)
        self._cells = bytearray(CELLS)

    def reader(self, client: tuple[str, int] | None, forwarded: bytes) -> int:
        """A number for who asks, good for this hour. forwarded: the value of X-Forwarded-For."""
        address = client[0] if client else ""
        if self._behind_proxy and forwarded:
            address = forwarded.rpartition(b",")[2].strip().decode("latin-1")
        return hash((self._salt, _household(address)))

    def count(self, held: Held, reader: int) -> None:
        """held: an article's page that was just sent to somebody."""
        at = (reader ^ held.mark) & _MASK
        cells = self._cells
        if cells[at] < MOST_OF_ONE:
            cells[at] += 1
            held.reads += 1


def _household(address: str) -> str:
    """Of IPv6 the first 64 bits: whoever has one such address has all of them."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.IPv6Address(address.partition("%")[0]).packed[:8])
    except ValueError:
        return address
