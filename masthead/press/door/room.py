"""
The door's line to the press room: which page to print, and what became of it.

A unix socket of its own, one JSON array a line: `["host", "target", "variant"]` there, the
outcome's name back. As a request to the app each print cost 4 ms more.
"""

import asyncio
import json
from dataclasses import dataclass, field
from enum import Enum

from masthead.press.door.upstream import AppGone, Pool

# A connection is a thread of the press room; a print is work for a core, so more would only wait.
MOST_CONNECTIONS = 4
LONGEST_LINE = 16_384


class Outcome(Enum):
    SHELVED = "shelved"
    NOT_FOR_SHELF = "not for the shelf"
    FAILED = "failed"


@dataclass
class Room:
    """pool: connections to where the press room listens."""

    pool: Pool
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_CONNECTIONS))

    async def print(self, host: str, target: str, variant: str, *, seconds: float) -> Outcome:
        """Raises AppGone, also when it takes longer than `seconds` with the wait for a turn."""
        line = json.dumps([host, target, variant]).encode() + b"\n"
        try:
            async with asyncio.timeout(seconds), self._turns:
                return await self._exchange(line)
        except (OSError, TimeoutError) as error:
            raise AppGone(str(error)) from error

    async def _exchange(self, line: bytes) -> Outcome:
        connection = await self.pool.take()
        outcome = None
        try:
            connection.writer.write(line)
            answer = await connection.reader.readline()
            outcome = Outcome(answer.decode().removesuffix("\n"))
        except ValueError as error:  # cut off, or no answer that we know
            raise AppGone("It did not answer.") from error
        finally:
            # An answer that still comes must not be taken for that to the next line.
            if outcome is None:
                connection.abort()
            else:
                self.pool.give_back(connection)
        return outcome
