"""Missing and stale pages are printed by the app, each once."""

import asyncio
import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from masthead.press.door.room import Outcome
from masthead.press.shelf import Purge, Shelf
from tests.press.door.serving import an_app, ask, backstage, get, press_room, serving, talk
from tests.press.door.shelving import BEGINNING, NETWORK, SECRET, a_page, a_shelf

FRONT = "/courier/"


class Printer:
    """A press room that prints what it is asked for, slowly, and counts."""

    def __init__(
        self, shelf: Shelf, *, seconds: float = 0.0, says: str = Outcome.SHELVED.value
    ) -> None:
        self.shelf, self.seconds, self.says = shelf, seconds, says
        self.asked: list[list[str]] = []
        self.printed = threading.Event()

    def __call__(self, line: bytes) -> bytes:
        place = json.loads(line)
        self.asked.append(place)
        time.sleep(self.seconds)
        if self.says == Outcome.SHELVED.value:
            page = a_page(
                place[1],
                variant=place[2],
                text=f"Print {len(self.asked)}",
                seen=self.shelf.applied(),
                printed_at=BEGINNING + len(self.asked),
            )
            self.shelf.put(page)
            self.printed.set()
        return self.says.encode() + b"\n"


async def by_the_app(scope: Any, receive: Any, send: Any) -> None:
    lines = [(b"content-length", b"10")]
    await send({"type": "http.response.start", "status": 200, "headers": lines})
    await send({"type": "http.response.body", "body": b"by the app"})


def test_500_waiting_readers_cause_one_print(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    printer = Printer(shelf, seconds=1.0)

    async def readers(port: int) -> list[bytes]:
        many = [talk(port, get(FRONT, "Connection: close"), quiet=20) for _ in range(500)]
        return await asyncio.gather(*many)

    with press_room(tmp_path, printer), serving(an_app(shelf, tmp_path)) as port:
        answers = asyncio.run(readers(port))

    assert printer.asked == [[NETWORK, FRONT, "public"]]
    assert {answer[:15] for answer in answers} == {b"HTTP/1.1 200 OK"}
    assert all(b"Print 1" in answer for answer in answers)


def test_a_page_that_is_not_for_the_shelf_is_the_apps_own_answer(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    printer = Printer(shelf, says=Outcome.NOT_FOR_SHELF.value)

    with (
        press_room(tmp_path, printer),
        backstage(tmp_path, by_the_app),
        serving(an_app(shelf, tmp_path)) as port,
    ):
        answers = [ask(port, get(f"{FRONT}?before=x")) for _ in range(2)]

    assert all(answer.endswith(b"by the app") for answer in answers)
    assert len(printer.asked) == 1


@pytest.mark.parametrize("says", [Outcome.FAILED.value, "what?", ""])
def test_when_printing_fails_readers_are_told_once_a_second_at_most(
    tmp_path: Path, says: str
) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    printer = Printer(shelf, says=says)

    async def readers(port: int) -> list[bytes]:
        many = [talk(port, get(FRONT, "Connection: close"), quiet=5) for _ in range(50)]
        return await asyncio.gather(*many)

    with press_room(tmp_path, printer), serving(an_app(shelf, tmp_path)) as port:
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

    with press_room(tmp_path, printer), serving(an_app(shelf, tmp_path)) as port:
        first = ask(port, get(FRONT, "Accept-Encoding: identity"))
        assert printer.printed.wait(10)
        time.sleep(0.2)
        second = ask(port, get(FRONT, "Accept-Encoding: identity"))

    assert b"<p>Before" in first
    assert b"<p>Print 1" in second
