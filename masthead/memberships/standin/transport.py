"""Stripe's SDK spoken to the stand-in in the same process: the protocol, without a network."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from stripe import HTTPClient

from masthead.memberships.standin.service import Reply

Call = Callable[[str, str, dict[str, str], str], Reply]


class InProcess(HTTPClient):
    """call: `StandIn.call`, or what stands before it in a test."""

    name = "stand-in"

    def __init__(self, call: Call) -> None:
        super().__init__()
        self._call = call

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **_: Any,
    ) -> tuple[str, int, Mapping[str, str]]:
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        named = {name.lower(): value for name, value in (headers or {}).items()}
        reply = self._call(method.upper(), target, named, post_data or "")
        return reply.body.decode(), reply.status, reply.headers

    def close(self) -> None:
        """Nothing is open."""
