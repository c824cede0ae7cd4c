"""
Posts that the program sees only when it has room for them.

The door reads such a post whole, asks the gate of the feature it is for, and passes it on or
answers by itself: a flood costs the program nothing, and readers of pages next to nothing.

A gate is made by a feature above and named in `conf.intakes`; like the door it knows no Django.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from masthead.press.door import sending
from masthead.press.door.door import Door
from masthead.press.door.events import TOO_MUCH, Post, Reply, post_of, read_body, send_reply
from masthead.press.door.proxy import Proxy
from masthead.press.door.sending import Receive, Scope, Send

LONGEST_BODY = 65_536
BODY_SECONDS = 30.0
# Bodies that are waited for, some 16 MB at most, and of one reader, so that nobody fills them.
MOST_READ, MOST_OF_ONE = 256, 8


class Gate(Protocol):
    """
    Says yes or no in the door's loop: in microseconds, without waiting for anything.

    at_once: so many of its posts are with the program at the same time, the others wait.
    """

    at_once: int

    def takes(self, path: str) -> bool: ...

    def turned_away(self, post: Post) -> Reply | None:
        """Only looks: the answer to what `let_in` would refuse now."""

    def let_in(self, post: Post) -> Reply | None:
        """None: it goes on; `left` is called when it was answered."""

    def left(self) -> None: ...

    def away(self, post: Post) -> Reply:
        """The answer while the program cannot be reached."""


class Gates:
    def __init__(self, gates: Sequence[Gate] = ()) -> None:
        self._gates = gates
        self._turns = {id(each): asyncio.Semaphore(each.at_once) for each in gates}
        self._reading: Counter[int] = Counter()  # bodies that are waited for, by reader

    def gate_for(self, path: str) -> Gate | None:
        for gate in self._gates:
            if gate.takes(path):
                return gate
        return None

    async def answer(
        self, gate: Gate, door: Door, proxy: Proxy, scope: Scope, receive: Receive, send: Send
    ) -> None:
        unread = post_of(door, scope, b"")
        mine = self._reading[unread.reader]
        if mine >= MOST_OF_ONE or self._reading.total() >= MOST_READ:
            await send_reply(scope, send, gate.away(unread))
            return
        body = await self._read(receive, reader=unread.reader)
        if body is None:
            await sending.sentence(scope, send, 413, TOO_MUCH)
            return
        post = replace(unread, body=body)
        reply = gate.let_in(post)
        if reply is not None:
            await send_reply(scope, send, reply)
            return

        async def away(scope: Scope, send: Send) -> None:
            await send_reply(scope, send, gate.away(post))

        try:
            async with self._turns[id(gate)]:
                await proxy(scope, _Again(body, receive), send, away=away)
        finally:
            gate.left()

    async def _read(self, receive: Receive, *, reader: int) -> bytes | None:
        """None: it is too long or comes too slowly."""
        self._reading[reader] += 1
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await read_body(receive, most=LONGEST_BODY)
        except TimeoutError:
            return None
        finally:
            self._reading[reader] -= 1
            if not self._reading[reader]:
                del self._reading[reader]


class _Again:
    """A body that was read already, then whatever the client does next."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> dict[str, Any]:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}
