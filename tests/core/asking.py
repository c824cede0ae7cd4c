"""Asking by the outbound client, and noting which sockets it would have opened."""

import socket
from typing import Any

from masthead.core import outbound
from masthead.core.outbound import Answer

NO_ROOM = OSError("nobody may be called in this test")


def fetch(url: str, **terms: Any) -> Answer:
    return outbound.fetch(url, **{"most_bytes": 10_000, "timeout_seconds": 5} | terms)


class Called(list[tuple[str, int]]):
    """The addresses that sockets were asked to connect to; none of them is."""

    def connect(self, address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        self.append(address)
        raise NO_ROOM
