"""
Search engines whose programs read members' articles, where an outlet lets them.

What one says of itself proves nothing: only whoever comes from an address of its operator's counts.
That is asked of the app once a day, behind the reader's back; until it is known, and for everybody
who only claims to be one, there is the public's page.
"""

import asyncio
import logging
import re
import time
from collections.abc import Iterable, Mapping

from masthead.press.door.room import Room
from masthead.press.door.upstream import AppGone
from masthead.press.shelf import HostTable

log = logging.getLogger("masthead.door")

# What the programs call themselves; who may say so, `press.crawlers` knows.
TOKENS = {
    "googlebot": b"Googlebot",
    "bingbot": b"bingbot",
    "applebot": b"Applebot",
    "yandex": b"YandexBot",
    "oai-searchbot": b"OAI-SearchBot",
}
_NAMED = re.compile(b"|".join(TOKENS.values()))
_BY_TOKEN = {token: name for name, token in TOKENS.items()}
ASK_SECONDS = 15.0
GOOD_SECONDS = {"yes": 86_400.0, "no": 3_600.0, "unknown": 300.0}
# Somebody who claims to be one from ever new addresses makes the door forget, not grow.
MOST_KNOWN = 5_000
MOST_WAITING = 50

Claim = tuple[str, str]  # name, address


class Crawlers:
    """is_on: whether any outlet lets one in; while none does, nothing here costs anything."""

    def __init__(self, *, behind_proxy: bool = False) -> None:
        self._behind_proxy = behind_proxy
        self._let_in: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._known: dict[Claim, tuple[bool, float]] = {}
        self.waiting: dict[Claim, None] = {}

    @property
    def is_on(self) -> bool:
        return bool(self._let_in)

    def learn(self, tables: Mapping[str, HostTable]) -> None:
        self._let_in = {
            host: [(prefix, frozenset(names)) for prefix, names in table.crawlers]
            for host, table in tables.items()
            if table.crawlers
        }

    def are_named(self, headers: bytes) -> bool:
        """Whether raw header lines name one, wherever in them."""
        return self.is_on and _NAMED.search(headers) is not None

    def may_read(
        self,
        host: str,
        path: str,
        lines: Iterable[tuple[bytes, bytes]],
        client: tuple[str, int] | None,
    ) -> bool:
        """Whether who asks is known to be one that this outlet lets in. Has others asked about."""
        given = dict(lines)
        found = _NAMED.search(given.get(b"user-agent", b""))
        if found is None:
            return False
        name = _BY_TOKEN[found[0]]
        places = self._let_in.get(host, ())
        if not any(path.startswith(prefix) and name in names for prefix, names in places):
            return False
        address = client[0] if client else ""
        if self._behind_proxy and (forwarded := given.get(b"x-forwarded-for", b"")):
            address = forwarded.rpartition(b",")[2].strip().decode("latin-1")
        claim = (name, address)
        is_one, until = self._known.get(claim, (False, 0.0))
        if until < time.monotonic() and len(self.waiting) < MOST_WAITING:
            self.waiting[claim] = None
        return is_one

    def hear(self, claim: Claim, said: str) -> None:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        seconds = GOOD_SECONDS.get(said, GOOD_SECONDS["unknown"])
        self._known[claim] = (said == "yes", time.monotonic() + seconds)


class Checking:
    """One question at a time, in the background: names are slow to be looked up."""

    def __init__(self, room: Room, crawlers: Crawlers) -> None:
        self._room = room
        self._crawlers = crawlers
        self._running: asyncio.Task[None] | None = None

    def begin(self) -> None:
        if self._crawlers.waiting and (self._running is None or self._running.done()):
            self._running = asyncio.ensure_future(self._ask_all())

    async def stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _ask_all(self) -> None:
        while self._crawlers.waiting:
            claim = next(iter(self._crawlers.waiting))
            said = "unknown"
            try:
                found = await self._room.ask(
                    "crawler", seconds=ASK_SECONDS, name=claim[0], address=claim[1]
                )
                said = str(found.get("said", ""))
            except AppGone as error:
                log.debug("Nobody could say who %s at %s is: %s", *claim, error)
            self._crawlers.hear(claim, said)
            self._crawlers.waiting.pop(claim, None)
