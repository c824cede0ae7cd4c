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
# Whoever has a /48 of IPv6 – every connection of some providers – has 65,536 households. Together
# they count so many times: eight that read as much as one may.
MOST_OF_NETWORK = 40
# One byte for each of so many (address, article) pairs. Two pairs in one cell count as one, which
# can leave a read out, never add one.
CELLS = 1 << 20
_MASK = CELLS - 1
_BITS = 64
_LOW = (1 << _BITS) - 1

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
    return bool(agent) and not is_program(agent)


def is_program(agent: bytes) -> bool:
    """Whether it calls itself one. agent: the value of User-Agent."""
    return _PROGRAM.search(agent) is not None


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
        """
        A number for who asks, good for this hour: 64 bits of the household, above them those of its
        network, 0 where that is not known to be one. forwarded: the value of X-Forwarded-For.
        """
        address = client[0] if client else ""
        if self._behind_proxy and forwarded:
            address = forwarded.rpartition(b",")[2].strip().decode("latin-1")
        household, network = _whose(address)
        number = hash((self._salt, household)) & _LOW
        return number | (hash((self._salt, network)) & _LOW | 1) << _BITS if network else number

    def count(self, held: Held, reader: int) -> None:
        """held: an article's page that was just sent to somebody."""
        at = (reader ^ held.mark) & _MASK
        cells = self._cells
        if cells[at] >= MOST_OF_ONE:
            return
        if network := reader >> _BITS:
            around = (network ^ held.mark) & _MASK
            if cells[around] >= MOST_OF_NETWORK:
                return
            cells[around] += 1
        cells[at] += 1
        held.reads += 1


def _whose(address: str) -> tuple[str, bytes]:
    """
    The household of an address, and the network around it where there is one.

    Of IPv6 the first 64 bits are a household: whoever has one such address has all of them. The
    first 48 are its network.
    """
    if ":" not in address:
        return address, b""
    try:
        full = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address, b""
    if full.ipv4_mapped is not None:  # how a socket for both kinds writes IPv4
        return str(full.ipv4_mapped), b""
    return full.packed[:8].hex(), full.packed[:6]
