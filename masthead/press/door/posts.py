"""
The quick way for what devices post: a plain POST that arrives whole in one read.

As strict as `plain`: one Host, one Content-Length that the body has exactly, no other coding, no
expectation, no upgrade. Whatever else a client sends is for the server's own parser.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus

from masthead.press.door.deciding import host_of
from masthead.press.door.door import Door
from masthead.press.door.events import Events, Post, Reply
from masthead.press.door.lately import Lately
from masthead.press.door.plain import HOST, LINE, LONGEST, MOST_KNOWN, NOT_PLAIN
from masthead.press.door.reads import forwarded_for
from masthead.press.door.sending import NOT_STORED
from masthead.press.door.upstream import Lines

_FIRST = re.compile(rb"POST (/[A-Za-z0-9/_.~-]*) HTTP/1\.1\r\n")
_LENGTH = re.compile(rb"0|[1-9][0-9]{0,4}")
_HARMLESS_THOUGH = {b"content-length", b"content-type", b"upgrade-insecure-requests"}
_ONCE = {b"host", b"content-length"}
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Header:
    """What a header block says. length: of the body."""

    host: str
    length: int
    lines: Lines
    forwarded: bytes


class Posts:
    """
    Reads posts for the intakes and writes their answers.

    A device repeats its header block, so it is read line by line once.
    """

    def __init__(self, door: Door, events: Events) -> None:
        self._door = door
        self._events = events
        self._header = Lately(read_header, most=MOST_KNOWN)

    def answer(
        self, data: bytes, client: tuple[str, int] | None, server_lines: Lines
    ) -> bytes | None:
        """The whole answer; None when the server has to read this itself."""
        found = _FIRST.match(data) if len(data) <= LONGEST else None
        if found is None:
            return None
        path = found[1].decode("ascii")
        intake = self._events.intake_for(path)
        end = data.find(_END, found.end() - 2)
        if intake is None or end < 0:
            return None
        header = self._header(data[found.end() : end])
        body = data[end + len(_END) :]
        if header is None or len(body) != header.length:
            return None
        reader = self._door.reads.reader(client, header.forwarded)
        post = Post(header.host, path, header.lines, body, reader, self._door.now)
        return _answer(intake.answer(post), server_lines)


def read_header(block: bytes) -> Header | None:
    """block: the header's lines. None: something in there is not plain."""
    lines: Lines = []
    counted: dict[bytes, bytes] = {}
    for line in block.split(b"\r\n"):
        found = LINE.fullmatch(line)
        if found is None:
            return None
        name, value = found[1].lower(), found[2]
        lines.append((name, value))
        if name in _ONCE:
            if counted.setdefault(name, value) is not value:
                return None
        elif not _is_harmless(name, value):
            return None
    length = _LENGTH.fullmatch(counted.get(b"content-length", b""))
    host = counted.get(b"host", b"")
    if length is None or HOST.fullmatch(host) is None:
        return None
    return Header(host_of(host.decode("ascii")), int(length[0]), lines, forwarded_for(lines))


def _is_harmless(name: bytes, value: bytes) -> bool:
    if name == b"connection":
        return value.lower() == b"keep-alive"
    return name in _HARMLESS_THOUGH or not name.startswith(NOT_PLAIN)


def _answer(reply: Reply, server_lines: Lines) -> bytes:
    """As the server writes it for `Events.answer`."""
    lines = [*server_lines, (b"cache-control", NOT_STORED), *reply.lines]
    if reply.status != HTTPStatus.NO_CONTENT:
        lines.append((b"content-length", str(len(reply.body)).encode("ascii")))
    first = f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n".encode("ascii")
    return b"".join([first, *(n + b": " + v + b"\r\n" for n, v in lines), b"\r\n", reply.body])
