"""The ASGI application: requests that the quick way passes on."""

import asyncio
from typing import Any
from urllib.parse import unquote_to_bytes

from masthead.press.door import sending
from masthead.press.door.classes import MEMBERS
from masthead.press.door.crawlers import Checking
from masthead.press.door.deciding import (
    At,
    Elsewhere,
    Missing,
    NoHost,
    host_of,
    request_line,
    spelling_of,
    with_query,
)
from masthead.press.door.door import Door
from masthead.press.door.events import Events
from masthead.press.door.files import Files
from masthead.press.door.follow import Follow
from masthead.press.door.gates import Gates
from masthead.press.door.memory import Held
from masthead.press.door.negotiate import preference, tags
from masthead.press.door.posts import Posts
from masthead.press.door.printing import Printing
from masthead.press.door.proxy import Proxy
from masthead.press.door.reads import forwarded_for, is_by_person
from masthead.press.door.renewing import Renewing
from masthead.press.door.room import Outcome
from masthead.press.door.sending import Receive, Scope, Send
from masthead.press.shelf.changes import PUBLIC


class DoorApp:
    def __init__(
        self,
        *,
        door: Door,
        files: Files,
        printing: Printing,
        renewing: Renewing,
        checking: Checking,
        proxy: Proxy,
        follow: Follow,
        home: str,
        events: Events | None = None,
        gates: Gates | None = None,
    ) -> None:
        """
        home: the network's own address, for whoever asked a name that no title has.

        events: what devices may tell the door itself. gates: which posts the program need not see.
        """
        self.door = door
        self._files = files
        self._printing = printing
        self._renewing = renewing
        self._checking = checking
        self._proxy = proxy
        self._follow = follow
        self._home = home
        self._events = events or Events()
        self._gates = gates or Gates()
        self.posts = Posts(door, self._events, self._gates)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        running: list[asyncio.Task[None]] = []
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                running = [
                    asyncio.ensure_future(self._follow.run(self.door, self._printing)),
                    asyncio.ensure_future(self._events.run()),
                ]
                await send({"type": "lifespan.startup.complete"})
            else:
                for each in running:
                    each.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                await self._follow.stop(self.door)
                await self._checking.stop()
                await self._events.stop()
                await self._printing.stop()
                self._proxy.pool.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            await sending.sentence(scope, send, 400, "A request names one host.")
            return
        path = _path(scope)
        if scope["method"] not in {"GET", "HEAD"}:
            await self._take_or_pass_on(scope, receive, send)
        elif self._files.are_asked(scope) and await self._files(scope, receive, send):
            return
        else:
            await self._read(scope, receive, send, host_of(hosts[0].decode("latin-1")), path)

    async def _take_or_pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_post = scope["method"] == "POST"
        intake = self._events.intake_for(scope["path"]) if is_post else None
        gate = self._gates.gate_for(scope["path"]) if is_post else None
        if intake is not None:
            await self._events.answer(intake, self.door, scope, receive, send)
        elif gate is not None:
            await self._gates.answer(gate, self.door, self._proxy, scope, receive, send)
        else:
            await self._proxy(scope, receive, send)

    async def _read(
        self, scope: Scope, receive: Receive, send: Send, host: str, path: str | None
    ) -> None:
        door = self.door
        decision = door.decide(host, path, scope["query_string"])
        match decision:
            case At():
                spelled = spelling_of(decision.target)
                if scope["raw_path"] == spelled:
                    await self._page(scope, receive, send, decision)
                else:
                    # A cache in front would keep the page by this name too, which no purge knows.
                    location = with_query(spelled.decode("ascii"), scope["query_string"])
                    await sending.moved(scope, send, location)
            case Missing():
                await self._page(scope, receive, send, decision)
            case Elsewhere():
                await sending.moved(scope, send, decision.location)
            case NoHost():
                await sending.nowhere(scope, send, self._home)
            case _:
                await self._proxy(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send, place: At | Missing) -> None:
        variant, set_cookie = await self._variant(scope)
        if variant == PUBLIC and self.door.crawlers.is_on:
            variant = self._as_crawler(scope, place)
        held = self.door.find((place.host, place.target, variant))
        if held is None:
            outcome = await self._printing.have_printed((place.host, place.target, variant))
            if outcome is Outcome.NOT_FOR_SHELF:
                await self._proxy(scope, receive, send)
                return
            held = self.door.find((place.host, place.target, variant))
        if held is None and variant != PUBLIC:
            # Printing fails: an advertisement too many is better than nothing to read.
            held = self.door.find((place.host, place.target, PUBLIC))
        if held is None:
            await sending.unavailable(scope, send)
            return
        if isinstance(place, At):
            self._let_quick_way_find(scope, held, place)
        self.door.notice(held)
        is_own = held.key[2] == variant
        sent = await _send_held(scope, send, held, is_own=is_own, set_cookie=set_cookie)
        if sent and held.article:
            self._count(scope, held)

    def _count(self, scope: Scope, held: Held) -> None:
        """A page that was sent whole; the quick way counts its own."""
        lines = scope["headers"]
        if scope["method"] == "GET" and is_by_person(lines):
            reads = self.door.reads
            reads.count(held, reads.reader(scope["client"], forwarded_for(lines)))

    def _as_crawler(self, scope: Scope, place: At | Missing) -> str:
        path, lines = place.target.partition("?")[0], scope["headers"]
        may = self.door.crawlers.may_read(place.host, path, lines, scope["client"])
        self._checking.begin()
        return MEMBERS if may else PUBLIC

    async def _variant(self, scope: Scope) -> tuple[str, str]:
        """And the cookie to set, where the reader's had to be renewed."""
        door = self.door
        cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
        membership = door.classes.of(cookies)
        variant = door.classes.now(membership, door.now)
        if variant is not None:
            return variant, ""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        renewed = await self._renewing.renew(
            membership, host=hosts[0].decode("latin-1"), cookies=cookies
        )
        return renewed.variant, renewed.set_cookie

    def _let_quick_way_find(self, scope: Scope, held: Held, place: At) -> None:
        """Only under the one canonical request line, so that made-up ones grow nothing."""
        query = scope["query_string"]
        line = b"GET " + scope["raw_path"] + (b"?" + query if query else b"")
        if held.line is None and line == request_line(place.target):
            held.has_params = place.has_params
            self.door.memory.find_by_line(held, line)


async def _send_held(
    scope: Scope, send: Send, held: Held, *, is_own: bool, set_cookie: str
) -> bool:
    """
    Whether it was sent whole; False: the reader has it.

    is_own: the page is of the reader's own class; another one's is not kept on the way, and
    nothing is with a cookie.
    """
    cookie = [(b"set-cookie", set_cookie.encode("latin-1"))] if set_cookie else []
    is_own = is_own and not set_cookie
    lines: dict[bytes, bytes] = dict(scope["headers"])
    ready = held.for_reader(preference(lines.get(b"accept-encoding", b"").strip()))
    held.uses += 1
    none_match = lines.get(b"if-none-match")
    if ready.is_had_by(None if none_match is None else tags(none_match)):
        unchanged = _as_own(ready.unchanged_lines(), is_own=is_own)
        await sending.answer(scope, send, 304, [*unchanged, *cookie], length=False)
        return False
    answer = [*_as_own(ready.lines, is_own=is_own), *cookie]
    await sending.answer(scope, send, ready.status, answer, ready.body, length=False)
    return True


def _as_own(lines: list[tuple[bytes, bytes]], *, is_own: bool) -> list[tuple[bytes, bytes]]:
    if is_own:
        return lines
    kept = [each for each in lines if each[0] != b"cache-control"]
    return [*kept, (b"cache-control", b"private, no-store")]


def _path(scope: dict[str, Any]) -> str | None:
    """The path decoded; None for what is no UTF-8."""
    try:
        path = unquote_to_bytes(scope["raw_path"]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in path else path
