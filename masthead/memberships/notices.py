"""
The provider's notices as they reach the app: past Django's requests, straight to who keeps them.

A notice needs no session, user, language or template; without them it costs a fifth.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from masthead.memberships.intake import Keeper, read_notice
from masthead.memberships.providers.base import NotGenuine
from masthead.memberships.providers.choosing import HOOK

MOST_BYTES = 512_000
SIGNATURE = b"stripe-signature"
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
_log = logging.getLogger(__name__)


class NoticesFirst:
    """An ASGI application before another, which has everything that is no notice."""

    def __init__(self, otherwise: App, *, keeper: Keeper | None = None) -> None:
        self.otherwise = otherwise
        self.keeper = keeper or Keeper()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_notice = scope["type"] == "http" and scope["path"] == HOOK and scope["method"] == "POST"
        if not is_notice:
            await self.otherwise(scope, receive, send)
            return
        status = await self._status(scope, receive)
        headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _status(self, scope: Scope, receive: Receive) -> int:
        """200 when it is kept, 400 for what nobody genuine has sent; else it comes again."""
        body = await _body(receive)
        if body is None:
            return 413
        sealed = next((value for name, value in scope["headers"] if name == SIGNATURE), b"")
        headers = {SIGNATURE.decode(): sealed.decode("latin-1")}
        try:
            came = read_notice(body=body, headers=headers, at=timezone.now())
            await asyncio.wrap_future(self.keeper.give(came))
        except NotGenuine:
            return 400
        except DatabaseError as error:
            _log.warning("A notice could not be kept: %s", error)
            return 503
        return 200


async def _body(receive: Receive) -> bytes | None:
    """None: too much, or not all of it came."""
    parts: list[bytes] = []
    size, has_more = 0, True
    while has_more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size, has_more = size + len(parts[-1]), message.get("more_body", False)
        if size > MOST_BYTES:
            return None
    return b"".join(parts)
