"""A page as bytes ready for a socket: status line, headers and body in one piece."""

import os
from collections.abc import Iterable
from http import HTTPStatus

from masthead.press.door.negotiate import ANY
from masthead.press.shelf.changes import PUBLIC

Headers = Iterable[tuple[str, str]]
Lines = list[tuple[bytes, bytes]]
Source = tuple[str, int, int]

_SUFFIXES = {"br": "-br", "zstd": "-zs", "gzip": "-gz", "identity": ""}
# What a 304 repeats; the rest the cache has from the full answer.
_UNCHANGED = {"cache-control", "etag", "vary", "content-location", "expires"}


# As the printer writes it for pages of a class (press/headers.py), which cannot be imported here.
OF_A_CLASS = "private, no-cache"


def head_lines(page_headers: Headers, *, variant: str, for_all: bool = False) -> Lines:
    """
    The page's headers as they are sent, lower case.

    The printer writes Cache-Control. The door only makes sure that a page for some readers is
    never called public: a mistake there would put it into everybody's cache. for_all: it is the
    public's print, sent to a class of readers.
    """
    lines = [(name.lower(), value) for name, value in page_headers]
    if variant != PUBLIC:
        lines = [each for each in lines if not _is_shared(*each)]
        if not any(name == "cache-control" for name, _ in lines):
            lines.append(("cache-control", OF_A_CLASS if for_all else "private, no-store"))
    lines.append(("vary", "accept-encoding"))
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in lines]


def _is_shared(name: str, value: str) -> bool:
    if name in {"cdn-cache-control", "surrogate-control"}:
        return True
    return name == "cache-control" and ("public" in value or "s-maxage" in value)


class Ready:
    """
    One encoding of a page. Header and body are joined once a second, because of the date.

    Joining them for each request cost a quarter of the rate in the trial.

    source: file, place and length of the body there; it can be let go of then, and read again.
    """

    __slots__ = (
        "etag",
        "head",
        "lines",
        "moment",
        "source",
        "start",
        "status",
        "unchanged",
        "whole",
    )

    def __init__(
        self,
        *,
        status: int,
        lines: Lines,
        etag: str,
        coding: str,
        body: bytes,
        source: Source | None = None,
    ) -> None:
        self.status = status
        self.etag = f'"{etag}{_SUFFIXES[coding]}"'.encode("latin-1")
        self.lines = [*lines, (b"etag", self.etag)]
        if coding != "identity":
            self.lines.append((b"content-encoding", coding.encode("ascii")))
        self.lines.append((b"content-length", str(len(body)).encode("ascii")))
        # The body lives in here alone, behind the header: kept apart it would be there twice.
        self.whole, self.start = body, 0
        self.head = self.unchanged = b""
        self.moment: Lines | None = None
        self.source = source

    @property
    def body(self) -> bytes:
        """Raises OSError when it was let go of and its file is gone since."""
        return self.whole[self.start :] if self.whole else self.read()

    def let_go(self) -> None:
        """Keep the header alone."""
        self.whole, self.start = b"", 0

    def take_back(self, body: bytes) -> None:
        self.whole, self.start = self.head + body, len(self.head)

    def read(self) -> bytes:
        """The body from its file. Raises OSError."""
        if self.source is None:
            return b""
        file, at, length = self.source
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        try:
            body = os.pread(handle, length, at)
        finally:
            os.close(handle)
        if len(body) != length:
            raise OSError(file)
        return body

    def unchanged_lines(self) -> Lines:
        return [each for each in self.lines if each[0].decode("latin-1") in _UNCHANGED]

    def renew(self, moment: Lines) -> None:
        """moment: the server's own lines (the date); a new list each second."""
        body = self.whole[self.start :]
        is_here = bool(self.whole) or self.source is None
        self.head = _header(self.status, moment, self.lines)
        self.unchanged = _header(304, moment, self.unchanged_lines())
        if is_here:
            self.take_back(body)
        self.moment = moment

    def is_had_by(self, none_match: frozenset[bytes] | None) -> bool:
        """Whether the reader has this very page. Only a 200 can be unchanged."""
        if none_match is None or self.status != 200:
            return False
        return self.etag in none_match or ANY in none_match


def _header(status: int, *groups: Lines) -> bytes:
    first = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode("ascii")
    lines = [name + b": " + value + b"\r\n" for lines in groups for name, value in lines]
    return b"".join([first, *lines, b"\r\n"])
