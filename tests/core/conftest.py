"""The two other sides of the outbound client: one that is never called, one that plays a part."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from masthead.core.outbound import Guard, guarded_by

from .asking import Called
from .stand_in import StandIn, a_stand_in


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Called:
    calls = Called()
    monkeypatch.setattr("urllib3.util.connection.create_connection", calls.connect)
    return calls


@pytest.fixture
def play() -> Iterator[Callable[..., StandIn]]:
    """Start a stand-in; its port may be called until the test ends."""
    open_ones = []

    def start(what: Callable[[BaseHTTPRequestHandler], None], **how: Any) -> StandIn:
        opened = a_stand_in(what, **how)
        stand_in = opened.__enter__()
        ports.append(stand_in.port)
        open_ones.append(opened)
        return stand_in

    ports: list[int] = []
    with guarded_by(Guard(loopback_ports=ports)):
        yield start
    for each in open_ones:
        each.__exit__(None, None, None)
