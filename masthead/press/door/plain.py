"""
The one strict form of request that the quick way answers.

A plain, complete GET or HEAD: one Host, no body, no upgrade, no expectation, no precondition but
If-None-Match, printable ASCII only, nothing before and nothing after it. Whatever else a client
sends is for the server's own parser, so the two can never understand a byte differently.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from masthead.press.door.classes import NOBODY, Classes, Membership
from masthead.press.door.crawlers import Crawlers
from masthead.press.door.lately import Lately
from masthead.press.door.negotiate import preference, tags
from masthead.press.door.reads import forwarded_for, is_by_person

# Splits method and target from the header block, which begins with the end of the first line.
VERSION = b" HTTP/1.1"
LONGEST = 8192
MOST_KNOWN = 4096
# The lines that change from one request of a reader to the next, as browsers write them.
_REFERER, _COOKIE, _NONE_MATCH = b"\r\nReferer: ", b"\r\nCookie: ", b"\r\nIf-None-Match: "
_CHANGING = (_REFERER, _COOKIE, _NONE_MATCH)

# One header line: a name of legal letters, the colon, printable ASCII. A value that begins or
# ends with blanks is legal as well, but rare enough to be the server's business.
LINE = re.compile(rb"([!#-'*+.0-9A-Z^-z|~-]+): ?((?:[!-~](?:[ -~]*[!-~])?)?)")
VALUE = re.compile(rb"[!-~](?:[ -~]*[!-~])?")
HOST = re.compile(rb"([a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
# Bodies, connections, preconditions: for the server.
NOT_PLAIN = (
    b"content-", b"expect", b"if-", b"keep-alive", b"proxy-", b"te", b"trailer", b"transfer-",
    b"upgrade",
)  # fmt: skip
_COUNTED = {b"host", b"accept-encoding", b"cookie", b"if-none-match"}
_HARMLESS_THOUGH = {b"upgrade-insecure-requests"}


@dataclass(slots=True)
class Around:
    """
    A header block without the values of Referer and If-None-Match, or of the one there is.

    between: from the first value to the last; empty when there is one. ends_with_tag: whether the
    last is If-None-Match.
    """

    head: bytes
    between: bytes
    tail: bytes
    ends_with_tag: bool


@dataclass(slots=True)
class Wanted:
    """
    What a header block says, apart from the target. around: where its changing values are.

    by_person: whether it counts as reading. reader: whose, as `Reads.reader` says; who reads the
    connection sets it.
    """

    host: bytes
    codings: tuple[str, ...]
    membership: Membership
    none_match: frozenset[bytes] | None
    around: Around | None = field(default=None, compare=False)
    by_person: bool = field(default=False, compare=False)
    forwarded: bytes = field(default=b"", compare=False)
    reader: int = field(default=0, compare=False)


@dataclass(slots=True)
class Steady:
    """What the lines say that a reader repeats."""

    host: bytes
    codings: tuple[str, ...]
    cookies: bytes | None
    none_match: bytes | None
    by_person: bool = False
    forwarded: bytes = b""


class Recogniser:
    """
    Reads header blocks: the lines that change by themselves, the steady rest as a whole.

    The rest is read line by line once; after that it is one look into `_steady`. An expression
    over the full block cost several times as much.
    """

    def __init__(self, classes: Classes, crawlers: Crawlers | None = None) -> None:
        self._classes = classes
        self._crawlers = crawlers
        self._steady: dict[bytes, Steady] = {}
        self._tags = Lately(tags, most=MOST_KNOWN)

    def again(self, before: Wanted, block: bytes) -> Wanted | None:
        """
        `read`, quicker for a block that differs from the one before in its changing lines.

        before: from this connection's last block; it may be given back as it is now.
        """
        around = before.around
        if around is None or not (block.startswith(around.head) and block.endswith(around.tail)):
            return self.read(block)
        at, end = len(around.head), len(block) - len(around.tail)
        if around.between:
            stop = block.find(b"\r\n", at)
            if (
                not block.startswith(around.between, stop)
                or VALUE.fullmatch(block, at, stop) is None
            ):
                return self.read(block)
            at = stop + len(around.between)
        last = block[at:end]
        had = self._tags.known.get(last) if around.ends_with_tag else None
        if had is None:
            if VALUE.fullmatch(last) is None:
                return self.read(block)
            if not around.ends_with_tag:
                return before
            had = self._tags(last)
        before.none_match = had  # nobody else has this one, and it is the last that differs
        return before

    def read(self, block: bytes) -> Wanted | None:
        """block: all that follows the version in the first line. None: it is not plain."""
        whole = block
        cut: list[bytes | None] = []
        for start in _CHANGING:
            at = block.find(start)
            if at < 0:
                cut.append(None)
                continue
            end = block.find(b"\r\n", at + 2)
            value = block[at + len(start) : end]
            if VALUE.fullmatch(value) is None:
                return None
            cut.append(value)
            block = block[:at] + block[end:]
        steady = self._steady.get(block) or self._read_steady(block)
        wanted = None if steady is None else self._together(steady, cut[1], cut[2])
        if wanted is not None:
            wanted.around = _around(
                whole, has_referer=cut[0] is not None, has_tag=cut[2] is not None
            )
        return wanted

    def _together(
        self, steady: Steady, cookies: bytes | None, none_match: bytes | None
    ) -> Wanted | None:
        if steady.cookies is not None:
            if cookies is not None:  # the second of its name
                return None
            cookies = steady.cookies
        if steady.none_match is not None:
            if none_match is not None:
                return None
            none_match = steady.none_match
        membership = NOBODY if cookies is None else self._classes.of(cookies)
        had = None if none_match is None else self._tags(none_match)
        return Wanted(
            steady.host,
            steady.codings,
            membership,
            had,
            by_person=steady.by_person,
            forwarded=steady.forwarded,
        )

    def forget(self) -> None:
        """Other search engines are let in now."""
        self._steady.clear()

    def _read_steady(self, block: bytes) -> Steady | None:
        if self._crawlers is not None and self._crawlers.are_named(block):
            return None  # who that is, the application finds out
        steady = read_lines(block)
        if steady is not None:
            if len(self._steady) >= MOST_KNOWN:
                self._steady.clear()
            self._steady[block] = steady
        return steady


def _around(block: bytes, *, has_referer: bool, has_tag: bool) -> Around | None:
    """None: neither line is there, or they are in an order that browsers do not use."""
    places = [
        block.find(start) + len(start)
        for start, is_there in ((_REFERER, has_referer), (_NONE_MATCH, has_tag))
        if is_there
    ]
    if not places or places != sorted(places):
        return None
    first, last = places[0], places[-1]
    between = block[block.find(b"\r\n", first) : last] if first != last else b""
    return Around(block[:first], between, block[block.find(b"\r\n", last) :], has_tag)


def read_lines(block: bytes) -> Steady | None:
    """None: something in there is not plain, or a header that counts is there twice."""
    first, *lines = block.split(b"\r\n")
    if first or len(lines) < 2 or lines.pop() or lines.pop():
        return None
    plain = read_plain(lines, once=_COUNTED, harmless=_HARMLESS_THOUGH)
    if plain is None:
        return None
    read, counted = plain
    host = HOST.fullmatch(counted.get(b"host", b""))
    if host is None:
        return None
    codings = preference(counted.get(b"accept-encoding", b""))
    return Steady(
        host[1],
        codings,
        counted.get(b"cookie"),
        counted.get(b"if-none-match"),
        is_by_person(read),
        forwarded_for(read),
    )


def read_plain(
    lines: Iterable[bytes], *, once: Container[bytes], harmless: Container[bytes]
) -> tuple[list[tuple[bytes, bytes]], dict[bytes, bytes]] | None:
    """
    All header lines with names in lower case, and by name those that may stand there `once`.

    None: a line is no plain one, one of `once` is there twice, or a header could change how the
    request is read and is not `harmless` though.
    """
    read: list[tuple[bytes, bytes]] = []
    counted: dict[bytes, bytes] = {}
    for line in lines:
        found = LINE.fullmatch(line)
        if found is None:
            return None
        name, value = found[1].lower(), found[2]
        read.append((name, value))
        if name in once:
            if counted.setdefault(name, value) is not value:
                return None
        elif name == b"connection":
            if value.lower() != b"keep-alive":
                return None
        elif name not in harmless and name.startswith(NOT_PLAIN):
            return None
    return read, counted
