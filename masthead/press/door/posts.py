"""
The quick way for what devices post, and for posts that are turned away before the program sees
them: a plain POST that arrives whole in one read.

As strict as `plain`: one Host, one Content-Length that the body has exactly, no other coding, no
expectation, no upgrade. Whatever else a client sends is for the server's own parser.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

from masthead.press.door.deciding import host_of
from masthead.press.door.door import Door
from masthead.press.door.events import Events, Post, Reply, Told, told
from masthead.press.door.gates import Gates
from masthead.press.door.lately import Lately
from masthead.press.door.plain import HOST, LONGEST, VALUE, read_plain
from masthead.press.door.reads import forwarded_for
from masthead.press.door.sending import NOT_STORED
from masthead.press.door.upstream import Lines

_FIRST = re.compile(rb"POST (/[A-Za-z0-9/_.~-]*) HTTP/1\.1")
_LENGTH = re.compile(rb"0|[1-9][0-9]{0,4}")
_HARMLESS_THOUGH = {b"content-length", b"content-type", b"upgrade-insecure-requests"}
_ONCE = {b"host", b"content-length"}
_END = b"\r\n\r\n"
MOST_BLOCKS = 1024
_NO_CONTENT = 204
Answer = Callable[[Post], Reply | None]
# The lines that change from one post or reader to the next, as browsers and proxies write them.
_LENGTH_LINE, _FORWARDED_LINE = b"\r\nContent-Length: ", b"\r\nX-Forwarded-For: "
_CHANGING = (_LENGTH_LINE, _FORWARDED_LINE, b"\r\nReferer: ", b"\r\nCookie: ")


@dataclass(frozen=True, slots=True)
class Steady:
    """What the lines say that many readers' browsers send alike. lines: as `Post` says."""

    host: str
    length: bytes | None
    lines: Told
    forwarded: bytes


class Posts:
    """
    Reads posts for the intakes and writes their answers; those of gates when they say no.

    The lines that change are cut out; the rest is read line by line once.
    """

    def __init__(self, door: Door, events: Events, gates: Gates) -> None:
        self._door = door
        self._events = events
        self._gates = gates
        self._steady = Lately(read_steady, most=MOST_BLOCKS)
        self._asked = Lately(self._read_first, most=MOST_BLOCKS)
        # What most are answered with; the lines before it change once a second.
        self._server_lines: Lines = []
        self._nothing = b""

    def answer(
        self, data: bytes, client: tuple[str, int] | None, server_lines: Lines
    ) -> bytes | None:
        """The whole answer; None when the server has to read this itself."""
        begins, end = data.find(b"\r\n"), data.find(_END)
        asked = self._asked(data[:begins]) if begins >= 0 and len(data) <= LONGEST else None
        if asked is None or end < 0:
            return None
        path, answer = asked
        block, cut = data[begins:end], []
        for start in _CHANGING:
            at = block.find(start)
            if at < 0:
                cut.append(b"")
                continue
            stop = block.find(b"\r\n", at + 2)
            stop = len(block) if stop < 0 else stop
            value = block[at + len(start) : stop]
            if VALUE.fullmatch(value) is None:
                return None
            cut.append(value)
            block = block[:at] + block[stop:]
        steady, length, forwarded = self._steady(block), cut[0], cut[1]
        if steady is None or (length and steady.length is not None):
            return None
        if _LENGTH.fullmatch(length or steady.length or b"") is None:
            return None
        body = data[end + len(_END) :]
        if len(body) != int(length or steady.length or b""):
            return None
        if steady.forwarded:
            if forwarded:  # in which order, the server knows
                return None
            forwarded = steady.forwarded
        reader = self._door.reads.reader(client, forwarded)
        post = Post(steady.host, path, steady.lines, body, reader, self._door.now)
        reply = answer(post)
        if reply is None:  # it goes on, by the server
            return None
        if reply.status != _NO_CONTENT or reply.lines:
            return _answer(reply, server_lines)
        if server_lines is not self._server_lines:
            self._server_lines, self._nothing = server_lines, _answer(reply, server_lines)
        return self._nothing

    def _read_first(self, line: bytes) -> tuple[str, Answer] | None:
        """The path, and who answers. None: it is not plain, or nobody's."""
        found = _FIRST.fullmatch(line)
        path = found[1].decode("ascii") if found else ""
        intake, gate = self._events.intake_for(path), self._gates.gate_for(path)
        if intake is not None:
            return path, intake.answer
        return None if gate is None else (path, gate.turned_away)


def read_steady(block: bytes) -> Steady | None:
    """block: the header's lines, each after its line break. None: something is not plain."""
    first, *rest = block.split(b"\r\n")
    plain = read_plain(rest, once=_ONCE, harmless=_HARMLESS_THOUGH)
    if plain is None:
        return None
    lines, counted = plain
    host = counted.get(b"host", b"")
    if first or HOST.fullmatch(host) is None:
        return None
    return Steady(
        host=host_of(host.decode("ascii")),
        length=counted.get(b"content-length"),
        lines=told(lines),
        forwarded=forwarded_for(lines),
    )


def _answer(reply: Reply, server_lines: Lines) -> bytes:
    """As the server writes it for `Events.answer`."""
    lines = [*server_lines, (b"cache-control", NOT_STORED), *reply.lines]
    if reply.status != _NO_CONTENT:
        lines.append((b"content-length", str(len(reply.body)).encode("ascii")))
    return b"".join(
        [
            _first_line(reply.status),
            *(n + b": " + v + b"\r\n" for n, v in lines),
            b"\r\n",
            reply.body,
        ]
    )


@cache
def _first_line(status: int) -> bytes:
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode("ascii")
