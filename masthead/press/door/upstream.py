"""HTTP/1.1 to the app over its unix socket: one exchange at a time on each connection."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httptools

CONNECT_SECONDS = 5.0
# The app closes a connection that is idle for 5 s (uvicorn's default); we let go of it before.
IDLE_SECONDS = 3.0
MOST_KEPT = 16
CHUNK_BYTES = 65_536
MOST_HEADER_BYTES = 65_536

Lines = list[tuple[bytes, bytes]]


class AppGone(Exception):
    """The app cannot be reached, or went before the answer was whole."""


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    is_fresh: bool = True
    free_since: float = 0.0

    def is_usable(self) -> bool:
        idle = time.monotonic() - self.free_since
        return idle < IDLE_SECONDS and not self.reader.at_eof() and not self.writer.is_closing()

    def abort(self) -> None:
        self.writer.transport.abort()


@dataclass
class Pool:
    """A few connections kept open; a fresh one whenever none is free."""

    socket: Path
    free: deque[Connection] = field(default_factory=deque)

    async def take(self, *, fresh: bool = False) -> Connection:
        """Raises AppGone when nobody listens."""
        while self.free:
            connection = self.free.pop()
            if connection.is_usable() and not fresh:
                connection.is_fresh = False
                return connection
            connection.abort()
        try:
            opening = asyncio.open_unix_connection(str(self.socket), limit=CHUNK_BYTES)
            return Connection(*await asyncio.wait_for(opening, CONNECT_SECONDS))
        except (OSError, TimeoutError) as error:
            raise AppGone(str(error)) from error

    def give_back(self, connection: Connection) -> None:
        if len(self.free) < MOST_KEPT and not connection.reader.at_eof():
            connection.free_since = time.monotonic()
            self.free.append(connection)
        else:
            connection.abort()

    def close(self) -> None:
        while self.free:
            self.free.pop().abort()


class Answer:
    """Reads one answer from a connection. `status` and `lines` are there after `read_head`."""

    def __init__(self, connection: Connection, *, is_head: bool) -> None:
        self.status = 0
        self.lines: Lines = []
        self.is_complete = False
        self._connection = connection
        self._is_head = is_head
        self._parser = httptools.HttpResponseParser(self)
        self._chunks: deque[bytes] = deque()
        self._has_head = self._keeps = self._has_more = False
        self._read_bytes = 0

    async def read_head(self, seconds: float) -> None:
        """Raises AppGone when the connection ends or nothing comes for `seconds`."""
        async with asyncio.timeout(seconds):
            while not self._has_head:
                await self._read_on()
                if not self._has_head and self._read_bytes > MOST_HEADER_BYTES:
                    raise AppGone("The header is too long.")

    async def body(self, seconds: float) -> AsyncIterator[bytes]:
        """seconds: the longest pause between two pieces. Raises AppGone when it is cut."""
        while True:
            while self._chunks:
                yield self._chunks.popleft()
            if self.is_complete:
                return
            async with asyncio.timeout(seconds):
                await self._read_on()

    @property
    def can_be_reused(self) -> bool:
        return self.is_complete and self._keeps and not self._has_more

    async def _read_on(self) -> None:
        try:
            data = await self._connection.reader.read(CHUNK_BYTES)
        except OSError as error:
            raise AppGone(str(error)) from error
        if not data:
            self._end()
            return
        self._read_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            if not self.is_complete:
                raise AppGone("The app's answer cannot be read.") from error
            self._has_more = True

    def _end(self) -> None:
        """The connection ended: that is the end of a body without length, or a cut."""
        names = {name for name, _ in self.lines}
        if not self._has_head or names & {b"content-length", b"transfer-encoding"}:
            raise AppGone("The app ended the connection.")
        self.is_complete, self._keeps = True, False

    # The parser's callbacks

    def on_message_begin(self) -> None:
        if self._has_head:
            self._has_more = True
        self.lines = []

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._has_head:
            self.lines.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if self._has_head or 100 <= status < 200:
            return
        self.status, self._has_head = status, True
        self._keeps = self._parser.should_keep_alive()
        # The parser does not know that no body follows the header of these.
        if self._is_head or status in (204, 304):
            self.is_complete = True

    def on_body(self, body: bytes) -> None:
        if self.is_complete:
            self._has_more = True
        else:
            self._chunks.append(body)

    def on_message_complete(self) -> None:
        if self._has_head:
            self.is_complete = True
