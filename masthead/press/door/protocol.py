"""
uvicorn's HTTP/1.1 protocol with a quick way for pages in memory.

A plain request that arrives in one read, between two others, is answered before any parser has
seen it. Every other byte goes on untouched, so that limits, timeouts, pipelining and the graceful
stop stay the server's.
"""

import asyncio
import os
from contextlib import suppress
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from masthead.press.door.door import Door
from masthead.press.door.plain import LONGEST, VERSION, Wanted
from masthead.press.door.posts import Posts

# A connection whose request stays incomplete this long is closed. The server itself waits for ever.
HEADER_SECONDS = 30.0


class DoorProtocol(HttpToolsProtocol):
    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.door: Door = config.loaded_app.door
        self.posts: Posts = config.loaded_app.posts
        # Nothing of a request is in the parser. Kept by its own callbacks.
        self.between = True
        self.upgraded = False
        self.answered_at = 0.0
        # The header block read last, and what it says: readers repeat theirs.
        self.block = b""
        self.wanted: Wanted | None = None
        # Since when a header block is waited for; None while there is none to wait for.
        self.waiting_since: float | None = None
        self.header_timer: asyncio.TimerHandle | None = None
        self.socket = -1

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.socket = transport.get_extra_info("socket").fileno()
        self.waiting_since = self.loop.time()
        self._watch_header(HEADER_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.header_timer is not None:
            self.header_timer.cancel()

    def data_received(self, data: bytes) -> None:
        if self.between and (
            (answer := self._quick(data)) is not None
            or (answer := self._quick_post(data)) is not None
        ):
            self.server_state.total_requests += 1
            # uvicorn makes a timer for each answer; one for each connection costs less.
            self.answered_at = self.loop.time()
            self.waiting_since = None
            if self.timeout_keep_alive_task is None:
                self._wait_for_next(self.timeout_keep_alive)
            self._send(answer)
            return
        super().data_received(data)
        if self.waiting_since is not None and self.header_timer is None:
            self._watch_header(HEADER_SECONDS)

    def _send(self, answer: bytes) -> None:
        """
        Straight to the socket when nothing waits before it; the rest as the server sends.

        The loop's own way of writing costs a fifth of an answer.
        """
        sent = 0
        if not self.transport.get_write_buffer_size():
            with suppress(OSError):  # full, or gone: the transport finds out, and sees to it
                sent = os.write(self.socket, answer)
        if sent < len(answer):
            self.transport.write(answer[sent:] if sent else answer)

    def _quick(self, data: bytes) -> bytes | None:
        """The whole answer; None when the server has to read this itself."""
        line, _, block = data.partition(VERSION)
        wanted = self.wanted
        if wanted is None or block != self.block:
            if len(data) > LONGEST or data[:1] not in (b"G", b"H"):
                return None
            recogniser, before = self.door.recogniser, wanted
            wanted = recogniser.again(wanted, block) if wanted else recogniser.read(block)
            if wanted is None:
                return None
            if wanted is not before:
                wanted.reader = self.door.reads.reader(self.client, wanted.forwarded)
            self.block, self.wanted = block, wanted
        cycle = self.cycle
        if (cycle is not None and not cycle.response_complete) or self.flow.write_paused:
            return None
        if self.limit_concurrency is not None:
            return None
        return self.door.answer(line, wanted, self.server_state.default_headers)

    def _quick_post(self, data: bytes) -> bytes | None:
        """As `_quick`, for what devices tell the door itself."""
        if data[:5] != b"POST " or self.limit_concurrency is not None:
            return None
        cycle = self.cycle
        if (cycle is not None and not cycle.response_complete) or self.flow.write_paused:
            return None
        return self.posts.answer(data, self.client, self.server_state.default_headers)

    def _wait_for_next(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )

    def timeout_keep_alive_handler(self) -> None:
        left = self.answered_at + self.timeout_keep_alive - self.loop.time()
        if left > 0:  # answered since this timer was set
            self._wait_for_next(left)
        else:
            super().timeout_keep_alive_handler()

    def _watch_header(self, seconds: float) -> None:
        self.header_timer = self.loop.call_later(seconds, self._close_when_slow)

    def _close_when_slow(self) -> None:
        self.header_timer = None
        if self.waiting_since is None or self.transport.is_closing():
            return
        left = self.waiting_since + HEADER_SECONDS - self.loop.time()
        if left > 0:
            self._watch_header(left)
        else:
            self.transport.close()

    def on_message_begin(self) -> None:
        self.between = False
        self.waiting_since = self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self.waiting_since = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self.between = not self.upgraded
        super().on_message_complete()

    def _unsupported_upgrade_warning(self) -> None:
        # What the parser makes of the bytes behind an upgrade is its own business.
        self.upgraded, self.between = True, False
        super()._unsupported_upgrade_warning()
