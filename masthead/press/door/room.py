"""
The door's line to the press room: which page to print, and what became of it.

A unix socket of its own, one JSON array a line: `["host", "target", "variant"]` there, the
outcome's name back. As a request to the app each print cost 4 ms more. An object instead is a
question about who asks, `{"question": …}`, and has an object for its answer.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from masthead.press.door.upstream import AppGone, Pool

# A connection is a thread of the press room; a print is work for a core, so more would only wait.
MOST_CONNECTIONS = 4
LONGEST_LINE = 16_384


Answer = TypeVar("Answer")


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
        return await self._in_turn(line, Outcome, seconds)

    async def ask(self, question: str, *, seconds: float, **given: str) -> dict[str, Any]:
        """
        What the app says to one of the questions of `press.room`. Raises AppGone likewise.

        One that is too long for a line is not asked.
        """
        line = json.dumps({"question": question, **given}).encode() + b"\n"
        if len(line) > LONGEST_LINE:
            raise AppGone("That is too long to ask.")
        return await self._in_turn(line, _object, seconds)

    async def _in_turn(self, line: bytes, read: Callable[[str], Answer], seconds: float) -> Answer:
        try:
            async with asyncio.timeout(seconds), self._turns:
                return await self._exchange(line, read)
        except (OSError, TimeoutError) as error:
            raise AppGone(str(error)) from error

    async def _exchange(self, line: bytes, read: Callable[[str], Answer]) -> Answer:
        connection = await self.pool.take()
        is_over = False
        try:
            connection.writer.write(line)
            answer = await connection.reader.readline()
            found = read(answer.decode().removesuffix("\n"))
            is_over = True
        except ValueError as error:  # cut off, or no answer that we know
            raise AppGone("It did not answer.") from error
        finally:
            # An answer that still comes must not be taken for that to the next line.
            if is_over:
                self.pool.give_back(connection)
            else:
                connection.abort()
        return found


def _object(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError(text)  # noqa: TRY004 as for whatever else cannot be read
    return found
