"""
Cookies of a class whose time is over: the app says what their readers are now.

Once a day for each reader and outlet; every other request of theirs is answered without asking.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

from masthead.press.door.classes import VARIANTS, Classes, Membership
from masthead.press.door.room import Room
from masthead.press.door.upstream import AppGone
from masthead.press.shelf.changes import PUBLIC

log = logging.getLogger("masthead.door")

ASK_SECONDS = 3.0
# A browser that keeps no cookies must not reach the app more often than this.
REMEMBERED_SECONDS = 30.0
MOST_REMEMBERED = 5_000
# While the app is away nobody loses what they had, as long as a renewal that fails has its grace.
GRACE_SECONDS = 10 * 86_400


@dataclass(frozen=True)
class Renewed:
    """set_cookie: for the answer; empty when the app could not be asked."""

    variant: str
    set_cookie: str = ""


class Renewing:
    def __init__(self, room: Room, classes: Classes) -> None:
        self._room = room
        self._classes = classes
        self._running: dict[tuple[str, Membership], asyncio.Task[Renewed]] = {}
        self._lately: dict[tuple[str, Membership], tuple[Renewed, float]] = {}

    async def renew(self, cookie: Membership, *, host: str, cookies: bytes) -> Renewed:
        """cookies: the whole header, in which the app finds the session."""
        if not cookie.reader:
            return Renewed(PUBLIC)
        key = (host, cookie)
        lately = self._lately.get(key)
        if lately is not None and time.monotonic() < lately[1]:
            return lately[0]
        running = self._running.get(key)
        if running is None:
            running = asyncio.ensure_future(self._ask(key, cookies))
            self._running[key] = running
            running.add_done_callback(lambda _: self._running.pop(key, None))
        return await asyncio.shield(running)

    async def _ask(self, key: tuple[str, Membership], cookies: bytes) -> Renewed:
        host, cookie = key
        try:
            found = await self._room.ask(
                "class", seconds=ASK_SECONDS, host=host, cookies=cookies.decode("latin-1")
            )
            variant = found.get("variant", "")
            renewed = Renewed(
                variant if variant in VARIANTS else PUBLIC, str(found.get("set_cookie", ""))
            )
        except AppGone as error:
            log.debug("A class could not be renewed: %s", error)
            is_over = cookie.until + GRACE_SECONDS < time.time()
            renewed = Renewed(PUBLIC if is_over else self._classes.last(cookie))
        if len(self._lately) >= MOST_REMEMBERED:
            self._lately.clear()
        self._lately[key] = (renewed, time.monotonic() + REMEMBERED_SECONDS)
        return renewed
