"""Missing and stale pages are printed by the app, each once."""

import asyncio
import json
import threading
import time
from pathlib import Path
from typing import Any

from masthead.press.door.printing import token
from masthead.press.shelf import Purge, Shelf
from tests.press.door.serving import an_app, ask, backstage, get, serving, talk
from tests.press.door.shelving import BEGINNING, NETWORK, SECRET, a_page, a_shelf

FRONT = "/courier/"


class Printer:
    """An app that prints what it is asked for, slowly, and counts."""

    def __init__(
        self, shelf: Shelf, *, seconds: float = 0.0, status: int = 200, is_shelved: bool = True
    ) -> None:
        self.shelf, self.seconds, self.status = shelf, seconds, status
        self.is_shelved = is_shelved
        self.asked: list[dict[str, str]] = []
        self.passed_on = 0
        self.printed = threading.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] != "/-/print":
            self.passed_on += 1
            await self._say(send, 200, b"by the app")
            return
        assert dict(scope["headers"])[b"x-masthead-door"] == token(SECRET).encode()
        place = json.loads((await receive())["body"])
        self.asked.append(place)
        await asyncio.sleep(self.seconds)
        if self.status == 200 and self.is_shelved:
            page = a_page(
                place["target"],
                variant=place["variant"],
                text=f"Print {len(self.asked)}",
                seen=self.shelf.applied(),
                printed_at=BEGINNING + len(self.asked),
            )
            self.shelf.put(page)
            self.printed.set()
        await self._say(send, self.status, json.dumps({"shelved": self.is_shelved}).encode())

    async def _say(self, send: Any, status: int, body: bytes) -> None:
        lines = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": lines})
        await send({"type": "http.response.body", "body": body})


def test_500_waiting_readers_cause_one_print(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    printer = Printer(shelf, seconds=1.0)

    async def readers(port: int) -> list[bytes]:
        many = [talk(port, get(FRONT, "Connection: close"), quiet=20) for _ in range(500)]
        return await asyncio.gather(*many)

    with backstage(tmp_path, printer), serving(an_app(shelf, tmp_path)) as port:
        answers = asyncio.run(readers(port))

    assert printer.asked == [{"host": NETWORK, "target": FRONT, "variant": "public"}]
    assert {answer[:15] for answer in answers} == {b"HTTP/1.1 200 OK"}
    assert all(b"Print 1" in answer for answer in answers)


def test_a_page_that_is_not_for_the_shelf_is_the_apps_own_answer(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    printer = Printer(shelf, is_shelved=False)

    with backstage(tmp_path, printer), serving(an_app(shelf, tmp_path)) as port:
        answers = [ask(port, get(f"{FRONT}?before=x")) for _ in range(2)]

    assert all(answer.endswith(b"by the app") for answer in answers)
    assert [len(printer.asked), printer.passed_on] == [1, 2]


def test_when_printing_fails_readers_are_told_once_a_second_at_most(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    printer = Printer(shelf, status=500)

    async def readers(port: int) -> list[bytes]:
        many = [talk(port, get(FRONT, "Connection: close"), quiet=5) for _ in range(50)]
        return await asyncio.gather(*many)

    with backstage(tmp_path, printer), serving(an_app(shelf, tmp_path)) as port:
        answers = asyncio.run(readers(port))

    assert {answer[:12] for answer in answers} == {b"HTTP/1.1 503"}
    assert len(printer.asked) <= 3


def test_a_class_whose_page_cannot_be_printed_reads_the_public_one(tmp_path: Path) -> None:
    from masthead.press.door.classes import make

    shelf = a_shelf(tmp_path / "shelf")
    cookie = make("members", int(time.time()) + 60, SECRET)

    with serving(an_app(shelf, tmp_path)) as port:
        answer = ask(port, get("/courier/port/bridge/", f"Cookie: masthead_class={cookie}"))

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"cache-control: private, no-store\r\n" in answer


def test_a_stale_page_is_served_at_once_and_printed_behind(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    shelf.put(a_page(FRONT, text="Before"))
    shelf.apply(Purge(1, frozenset({"a1"}), frozenset(), time.time() - 60))
    printer = Printer(shelf)

    with backstage(tmp_path, printer), serving(an_app(shelf, tmp_path)) as port:
        first = ask(port, get(FRONT, "Accept-Encoding: identity"))
        assert printer.printed.wait(10)
        time.sleep(0.2)
        second = ask(port, get(FRONT, "Accept-Encoding: identity"))

    assert b"<p>Before" in first
    assert b"<p>Print 1" in second
