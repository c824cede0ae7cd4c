"""Cookies whose time is over, and classes that became others, at the door."""

import json
import time
from pathlib import Path
from uuid import UUID

from masthead.press.door.classes import make, mark_of
from masthead.press.shelf import Told
from tests.press.door.serving import an_app, ask, get, press_room, serving
from tests.press.door.shelving import ARTICLE, SECRET, a_page, a_shelf

DI = mark_of(UUID(int=4))
NEW = "masthead_class=new; Path=/"
DAY = 86_400


def cookie(variant: str, *, ends_in: int) -> str:
    now = int(time.time())
    value = make(variant, now + ends_in, SECRET, issued=now - DAY, reader=DI)
    return f"Cookie: masthead_class={value}"


def a_renewing_app(folder: Path):
    shelf = a_shelf(folder)
    shelf.put(a_page())
    shelf.put(a_page(variant="adfree", text="Without."))
    return an_app(shelf, folder)


def test_the_answer_to_a_cookie_that_is_over_brings_the_new_one(tmp_path: Path) -> None:
    asked: list[bytes] = []

    def answer(line: bytes) -> bytes:
        asked.append(line)
        return json.dumps({"variant": "adfree", "set_cookie": NEW}).encode() + b"\n"

    app, old = a_renewing_app(tmp_path), cookie("public", ends_in=-5)
    with press_room(tmp_path, answer), serving(app) as port:
        first, again = (ask(port, get(ARTICLE, old)) for _ in range(2))

    assert b"Without." in first
    assert f"set-cookie: {NEW}".encode() in first
    assert b"cache-control: private, no-store" in first
    assert b"Without." in again
    assert [json.loads(each)["question"] for each in asked] == ["class"]


def test_while_the_app_is_away_nobody_loses_what_they_had(tmp_path: Path) -> None:
    app = a_renewing_app(tmp_path)
    with serving(app) as port:
        lately = ask(port, get(ARTICLE, cookie("adfree", ends_in=-5)))
        long_ago = ask(port, get(ARTICLE, cookie("adfree", ends_in=-11 * DAY)))

    assert b"Without." in lately
    assert b"Without." not in long_ago


def test_what_another_process_tells_is_heeded_on_an_open_connection(tmp_path: Path) -> None:
    app = a_renewing_app(tmp_path)
    header = cookie("adfree", ends_in=DAY)
    with serving(app) as port:
        before = ask(port, get(ARTICLE, header) + get(ARTICLE, header))
        until = time.time() + DAY
        a_shelf(tmp_path).tell([Told(DI, "public", until, until)], now=time.time())
        deadline = time.monotonic() + 10
        while b"Without." in (after := ask(port, get(ARTICLE, header))):
            assert time.monotonic() < deadline

    assert before.count(b"Without.") == 2
    assert b"HTTP/1.1 200" in after
