"""Timers, limits and the stop stay the server's."""

import asyncio
import time
from pathlib import Path

import pytest
import uvicorn

from masthead.press.door import protocol
from masthead.press.door.protocol import DoorProtocol
from masthead.press.door.server import bind, make_config
from tests.press.door.serving import an_app, ask, get, serving, talk
from tests.press.door.shelving import ARTICLE, a_shelf


async def seconds_until_closed(port: int, *pieces: bytes) -> float:
    began = time.monotonic()
    answer = await talk(port, *pieces, quiet=5)
    assert answer.endswith(b"<end>")
    return time.monotonic() - began


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the quick way answered."""
    answered: list[bytes] = []
    whole = DoorProtocol._quick

    def counted(self: DoorProtocol, data: bytes) -> bytes | None:
        answer = whole(self, data)
        if answer is not None:
            answered.append(answer)
        return answer

    monkeypatch.setattr(DoorProtocol, "_quick", counted)
    return answered


def test_the_second_request_for_a_page_takes_the_quick_way(
    tmp_path: Path, quick: list[bytes]
) -> None:
    with serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        answers = [asyncio.run(talk(port, get(ARTICLE), quiet=0.2)) for _ in range(2)]

    assert len(quick) == 1
    assert answers[0].partition(b"\r\n\r\n")[2] == answers[1].partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    "request_bytes",
    [get(ARTICLE) + get(ARTICLE), get(ARTICLE, "Content-Length: 0"), get("//courier/port/bridge/")],
)
def test_other_requests_do_not(tmp_path: Path, quick: list[bytes], request_bytes: bytes) -> None:
    with serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        asyncio.run(talk(port, get(ARTICLE), quiet=0.2))
        asyncio.run(talk(port, request_bytes, quiet=0.2))

    assert quick == []


@pytest.mark.parametrize(
    ("spelled", "leads_to"),
    [
        ("/courier/p%6Frt/bridge/", ARTICLE),
        ("/courier/port/bridge%2f?utm=a%20b", f"{ARTICLE}?utm=a%20b"),
    ],
)
def test_an_address_in_another_spelling_leads_to_the_usual_one(
    tmp_path: Path, spelled: str, leads_to: str
) -> None:
    with serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        answer = ask(port, get(spelled))

    assert answer.startswith(b"HTTP/1.1 301 ")
    assert f"\r\nlocation: {leads_to}\r\n".encode() in answer.lower()


def test_a_host_of_nobody_is_told_where_the_network_is(tmp_path: Path) -> None:
    with serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        answer = asyncio.run(talk(port, get("/", host="elsewhere.example"), quiet=0.2))

    assert answer.startswith(b"HTTP/1.1 421 ")
    assert b"<a href='https://northlight.example/'>" in answer


def test_a_connection_between_two_requests_is_closed_in_time(tmp_path: Path) -> None:
    app = an_app(a_shelf(tmp_path / "shelf"), tmp_path)
    with serving(app, keep_alive=1) as port:
        slow = asyncio.run(seconds_until_closed(port, get(ARTICLE)))
        quick = asyncio.run(seconds_until_closed(port, get(ARTICLE)))
        twice = asyncio.run(_twice(port))

    assert 0.9 < slow < 2.5
    assert 0.9 < quick < 2.5
    assert 1.5 < twice < 3


async def _twice(port: int) -> float:
    began = time.monotonic()
    answer = await talk(port, get(ARTICLE), get(ARTICLE), pause=0.7, quiet=5)
    assert answer.count(b"HTTP/1.1 200 OK") == 2
    return time.monotonic() - began


@pytest.mark.parametrize("pieces", [[], [b"GET / HT"], [get(ARTICLE), b"GET /"]])
def test_a_header_that_never_ends_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: list[bytes]
) -> None:
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 0.5)
    with serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        seconds = asyncio.run(seconds_until_closed(port, *pieces))

    assert 0.4 < seconds < 3


def test_a_limit_on_connections_is_kept(tmp_path: Path) -> None:
    app = an_app(a_shelf(tmp_path / "shelf"), tmp_path)
    config = make_config(app)
    config.limit_concurrency = 1
    config.loop = "asyncio"
    server = uvicorn.Server(config)

    async def ask() -> bytes:
        listener = bind("127.0.0.1", 0, shared=False)
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.01)
        answer = await talk(listener.getsockname()[1], get(ARTICLE), quiet=0.5)
        server.should_exit = True
        await serving
        return answer

    assert asyncio.run(ask()).startswith(b"HTTP/1.1 503 ")


def test_the_stop_does_not_wait_for_idle_readers(tmp_path: Path) -> None:
    with serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        asyncio.run(talk(port, get(ARTICLE), quiet=0.1))
        held = _keep_open(port)
        began = time.monotonic()

    assert time.monotonic() - began < 3
    assert held.recv(10) == b""
    held.close()


def _keep_open(port: int):
    import socket

    held = socket.create_connection(("127.0.0.1", port))
    held.sendall(get(ARTICLE))
    while b"</p>" not in held.recv(65_536):
        pass
    return held
