"""
The door's line to the press room: which page to print, and what became of it.

A unix socket of its own, one JSON array a line: `["host", "target", "variant"]` there, the
outcome's name back. As a request to the app each print cost 4 ms more.
"""

import asyncio
import json
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

CONNECT_SECONDS = 5.0
# A connection is a thread of the press room; a print is work for a core, so more would only wait.
MOST_CONNECTIONS = 4
LONGEST_LINE = 16_384


class Outcome(Enum):
    SHELVED = "shelved"
    NOT_FOR_SHELF = "not for the shelf"
    FAILED = "failed"


class RoomGone(Exception):
    """Nobody prints there, or they went before they had answered."""


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def is_usable(self) -> bool:
        return not self.reader.at_eof() and not self.writer.is_closing()

    def abort(self) -> None:
        self.writer.transport.abort()


@dataclass
class Room:
    """socket: where the press room listens."""

    socket: Path
    _free: list[Connection] = field(default_factory=list)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_CONNECTIONS))

    async def print(self, host: str, target: str, variant: str, *, seconds: float) -> Outcome:
        """Raises RoomGone, also when it takes longer than `seconds` with the wait for a turn."""
        line = json.dumps([host, target, variant]).encode() + b"\n"
        try:
            async with asyncio.timeout(seconds), self._turns:
                return await self._exchange(line)
        except (OSError, TimeoutError) as error:
            raise RoomGone(str(error)) from error

    def close(self) -> None:
        free, self._free = self._free, []
        for connection in free:
            connection.abort()

    async def _exchange(self, line: bytes) -> Outcome:
        connection = await self._connection()
        is_whole = False
        try:
            connection.writer.write(line)
            answer = await connection.reader.readline()
            outcome = Outcome(answer.decode().removesuffix("\n"))
            is_whole = True
            return outcome
        except ValueError as error:  # cut off, or no answer that we know
            raise RoomGone("It did not answer.") from error
        finally:
            # An answer that still comes must not be taken for that to the next line.
            if is_whole:
                self._free.append(connection)
            else:
                connection.abort()

    async def _connection(self) -> Connection:
        while self._free:
            connection = self._free.pop()
            if connection.is_usable():
                return connection
            connection.abort()
        opening = asyncio.open_unix_connection(str(self.socket), limit=LONGEST_LINE)
        return Connection(*await asyncio.wait_for(opening, CONNECT_SECONDS))
