"""Has the app print pages: each once, however many readers wait."""

import asyncio
import logging
import time

from masthead.press.door.memory import Key
from masthead.press.door.room import Outcome, Room
from masthead.press.door.upstream import AppGone

log = logging.getLogger("masthead.door")

PRINT_SECONDS = 30.0
MOST_IN_BACKGROUND = 2
# After a failure the same page is not tried again for this long, nor one that is not for the shelf
# asked about; made-up parameters must not reach the app more often than readers do.
REST_SECONDS = 1.0
LONGEST_REST_SECONDS = 30.0
MOST_REMEMBERED = 2_000


class Printing:
    def __init__(self, room: Room) -> None:
        self._room = room
        self._running: dict[Key, asyncio.Task[Outcome]] = {}
        self._lately: dict[Key, tuple[Outcome, float]] = {}
        self._in_background: set[asyncio.Task[None]] = set()
        self._falls = 0
        self._resting_until = 0.0

    async def have_printed(self, key: Key) -> Outcome:
        """One call to the app for all who wait for this page."""
        lately = self._lately.get(key)
        if lately is not None and time.monotonic() < lately[1]:
            return lately[0]
        running = self._running.get(key)
        if running is None:
            running = asyncio.ensure_future(self._print(key))
            self._running[key] = running
            running.add_done_callback(lambda _: self._running.pop(key, None))
        # A reader who leaves must not end the print the others wait for.
        return await asyncio.shield(running)

    def begin_anew(self, wanted: set[Key]) -> None:
        """Print stale pages in the background, two at once; takes from `wanted` what it begins."""
        if time.monotonic() < self._resting_until:
            return
        while wanted and len(self._in_background) < MOST_IN_BACKGROUND:
            task = asyncio.ensure_future(self._anew(wanted.pop()))
            self._in_background.add(task)
            task.add_done_callback(self._in_background.discard)

    async def stop(self) -> None:
        tasks = [*self._in_background, *self._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._room.pool.close()

    async def _anew(self, key: Key) -> None:
        if await self.have_printed(key) is not Outcome.FAILED:
            self._falls = 0
            return
        self._falls += 1
        rest = min(LONGEST_REST_SECONDS, REST_SECONDS * 2 ** min(self._falls - 1, 5))
        self._resting_until = time.monotonic() + rest

    async def _print(self, key: Key) -> Outcome:
        outcome = await self._ask(key)
        if outcome is not Outcome.SHELVED:
            if len(self._lately) >= MOST_REMEMBERED:
                self._lately.clear()
            self._lately[key] = (outcome, time.monotonic() + REST_SECONDS)
        return outcome

    async def _ask(self, key: Key) -> Outcome:
        try:
            return await self._room.print(*key, seconds=PRINT_SECONDS)
        except AppGone as error:
            log.debug("%s%s could not be had printed: %s", key[0], key[1], error)
            return Outcome.FAILED
