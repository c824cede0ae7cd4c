"""Pages whose bodies had to leave memory are served from their files, byte for byte the same."""

import random
from pathlib import Path

import pytest

from masthead.press.door.classes import NOBODY
from masthead.press.door.door import TAKEN_BACK, Door
from masthead.press.door.memory import Held
from masthead.press.door.plain import Wanted
from tests.press.door.shelving import ARTICLE, NETWORK, SECRET, a_door, a_page

KEY = (NETWORK, ARTICLE, "public")
LINE = f"GET {ARTICLE}".encode()
LONG = random.Random(1).randbytes(4_000).hex()  # does not shrink to nothing
MOMENT = [(b"date", b"now")]


def a_reader(*codings: str, none_match: frozenset[bytes] | None = None) -> Wanted:
    host = NETWORK.encode()
    return Wanted(host, codings or ("gzip",), NOBODY, none_match)


def a_thin_page(door: Door) -> Held:
    """The article as it is in memory once its bodies were let go of."""
    held = door.find(KEY)
    assert held is not None
    door.memory.find_by_line(held, LINE)
    held.used, held.uses = False, 0
    door.memory._shorten(door.memory._whole)
    assert held.is_thin
    return held


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return a_door(tmp_path)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_the_answer_is_the_same_from_memory_and_from_disk(door: Door, coding: str) -> None:
    held = door.find(KEY)
    assert held is not None
    door.memory.find_by_line(held, LINE)
    whole = door.answer(LINE, a_reader(coding), MOMENT)

    a_thin_page(door)

    assert whole is not None
    assert door.answer(LINE, a_reader(coding), MOMENT) == whole
    assert door.answer(LINE, a_reader(coding), [(b"date", b"now")]) == whole


def test_head_and_unchanged_need_no_file(door: Door) -> None:
    held = a_thin_page(door)
    for file in door.shelf.pages.rglob("*.page"):
        file.unlink()

    had = a_reader(none_match=frozenset({held.ready["gzip"].etag}))
    unchanged = door.answer(LINE, had, MOMENT)
    head = door.answer(LINE.replace(b"GET", b"HEAD"), a_reader(), MOMENT)

    assert unchanged is not None
    assert unchanged.startswith(b"HTTP/1.1 304 ")
    assert head is not None
    assert head.endswith(b"\r\n\r\n")


def test_a_reader_without_codings_is_served_from_disk_too(door: Door) -> None:
    a_thin_page(door)

    answer = door.answer(LINE, a_reader("identity"), MOMENT)

    assert answer is not None
    assert b"The bridge opens on Monday." in answer


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_file_that_went_is_left_to_the_closer_look(door: Door, coding: str) -> None:
    a_thin_page(door)
    door.shelf.put(a_page(text="Opened.", printed_at=1_800_000_000.0))  # takes the old file away

    answer = door.answer(LINE, a_reader(coding), MOMENT)
    found = door.find(KEY)

    assert answer is None
    assert found is not None
    assert b"Opened." in found.identity()


def test_the_closer_look_finds_the_page_whole(door: Door) -> None:
    a_thin_page(door)

    found = door.find(KEY)

    assert found is not None
    assert not found.is_thin
    assert door.memory.bytes == sum(page.bytes for page in door.memory.pages.values())


def test_what_is_asked_for_often_comes_back_into_memory(door: Door) -> None:
    held = a_thin_page(door)

    for _ in range(TAKEN_BACK):
        door.answer(LINE, a_reader(), MOMENT)

    assert held.ready["gzip"].whole == held.ready["gzip"].head + held.ready["gzip"].body
    assert door.memory.bytes == sum(page.bytes for page in door.memory.pages.values())


def test_bodies_go_before_pages_do(tmp_path: Path) -> None:
    paths = [f"/courier/port/{number}/" for number in range(40)]
    shelf = a_door(tmp_path).shelf
    for path in paths:
        shelf.put(a_page(path, text=LONG))
    whole = Held(a_page(paths[0], text=LONG), stale_since=0.0).bytes
    door = Door(shelf=shelf, secret=SECRET, memory_bytes=10 * whole)

    for path in [*paths, *paths]:
        if door.memory.get((NETWORK, path, "public")) is None:
            door.find((NETWORK, path, "public"))

    held = door.memory.pages.values()
    assert door.memory.bytes == sum(page.bytes for page in held) <= 10 * whole
    assert len(held) > 10
    assert any(page.is_thin for page in held)


def test_a_flood_of_pages_leaves_room_for_bodies(tmp_path: Path) -> None:
    paths = [f"/courier/port/{number}/" for number in range(60)]
    shelf = a_door(tmp_path).shelf
    for path in paths:
        shelf.put(a_page(path))
    door = Door(shelf=shelf, secret=SECRET, memory_bytes=40_000)

    for path in paths:
        door.find((NETWORK, path, "public"))

    held = door.memory.pages.values()
    assert door.memory.bytes == sum(page.bytes for page in held) <= 40_000
    assert not door.memory.pages[NETWORK, paths[-1], "public"].is_thin
    assert 0 < len([page for page in held if page.is_thin]) <= 40_000 / 2 / 3_000 + 1
