"""Passes a request on to the app and its answer back, both as they come."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from masthead.press.door.forwarding import from_app, to_app
from masthead.press.door.sending import Receive, Scope, Send, unavailable
from masthead.press.door.upstream import Answer, AppGone, Connection, Lines, Pool

# An import or a large print may take this long until its first byte.
FIRST_BYTE_SECONDS = 120.0
PAUSE_SECONDS = 60.0
# Asked twice these do what they do once.
_REPEATABLE = {"GET", "HEAD", "OPTIONS"}
Away = Callable[[Scope, Send], Awaitable[None]]


class ClientGone(Exception):
    """The reader left before the answer was sent."""


class Proxy:
    def __init__(self, pool: Pool, *, behind_proxy: bool) -> None:
        self.pool = pool
        self._behind_proxy = behind_proxy

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send, *, away: Away = unavailable
    ) -> None:
        """
        Raises nothing: an app that is down is answered with 503.

        away: answers in its place.
        """
        exchange = Exchange(scope, receive, send, self._header(scope))
        try:
            # What is not repeatable goes over a fresh connection: a kept one may just be closing,
            # and then nobody could say whether the app has read it.
            is_repeatable = scope["method"] in _REPEATABLE and not exchange.has_body
            connection = await self.pool.take(fresh=not is_repeatable)
            try:
                await self._run(exchange, connection)
            except AppGone:
                if not is_repeatable or exchange.has_started or connection.is_fresh:
                    raise
                await self._run(exchange, await self.pool.take(fresh=True))
        except ClientGone:
            return
        except AppGone:
            # With the answer begun there is no honest end; the server cuts the connection.
            if not exchange.has_started:
                await away(scope, send)

    async def _run(self, exchange: "Exchange", connection: Connection) -> None:
        is_reusable = False
        try:
            is_reusable = await exchange.run(connection)
        except (OSError, TimeoutError) as error:
            raise AppGone(str(error)) from error
        finally:
            if is_reusable:
                self.pool.give_back(connection)
            else:
                connection.abort()

    def _header(self, scope: Scope) -> bytes:
        lines: Lines = scope["headers"]
        client = scope["client"][0] if scope["client"] else ""
        length = next((value for name, value in lines if name == b"content-length"), None)
        passed = to_app(
            lines,
            client=client,
            scheme=scope["scheme"],
            behind_proxy=self._behind_proxy,
            length=length,
        )
        if _is_chunked(lines):
            passed.append((b"transfer-encoding", b"chunked"))
        target = scope["raw_path"] + (
            b"?" + scope["query_string"] if scope["query_string"] else b""
        )
        first = scope["method"].encode("ascii") + b" " + target + b" HTTP/1.1\r\n"
        return first + b"".join(n + b": " + v + b"\r\n" for n, v in passed) + b"\r\n"


class Exchange:
    """One request and its answer."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, header: bytes) -> None:
        self.scope, self.receive, self.send = scope, receive, send
        self.header = header
        self.is_chunked = _is_chunked(scope["headers"])
        self.has_body = self.is_chunked or any(n == b"content-length" for n, _ in scope["headers"])
        self.has_started = False
        self.is_client_gone = False
        self.is_sent = not self.has_body

    async def run(self, connection: Connection) -> bool:
        """Whether the connection can be used again."""
        connection.writer.write(self.header)
        upwards = asyncio.ensure_future(self._send_up(connection))
        try:
            return await self._bring_down(connection)
        except (AppGone, OSError, TimeoutError) as error:
            if self.is_client_gone:
                raise ClientGone from error
            raise
        finally:
            upwards.cancel()
            await asyncio.gather(upwards, return_exceptions=True)

    async def _bring_down(self, connection: Connection) -> bool:
        answer = Answer(connection, is_head=self.scope["method"] == "HEAD")
        await answer.read_head(FIRST_BYTE_SECONDS)
        self.has_started = True
        lines = from_app(answer.lines)
        await self.send({"type": "http.response.start", "status": answer.status, "headers": lines})
        async for piece in answer.body(PAUSE_SECONDS):
            await self.send({"type": "http.response.body", "body": piece, "more_body": True})
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})
        return answer.can_be_reused and self.is_sent

    async def _send_up(self, connection: Connection) -> None:
        """The body, piece by piece; then wait for the client to leave, and tell the app."""
        while True:
            message: dict[str, Any] = await self.receive()
            if message["type"] == "http.disconnect":
                self.is_client_gone = True
                connection.abort()
                return
            if self.is_sent:
                continue
            body = message.get("body", b"")
            if self.is_chunked and body:
                body = b"%x\r\n%b\r\n" % (len(body), body)
            connection.writer.write(body)
            if not message.get("more_body", False):
                connection.writer.write(b"0\r\n\r\n" if self.is_chunked else b"")
                self.is_sent = True
            await connection.writer.drain()


def _is_chunked(lines: Lines) -> bool:
    return any(name == b"transfer-encoding" for name, _ in lines)
