"""The public's print that is right for every class, as the door gives it."""

import time
from pathlib import Path
from typing import Any

from masthead.press.door.classes import make
from masthead.press.door.door import Door
from masthead.press.door.follow import Follow
from masthead.press.door.memory import Held
from masthead.press.shelf import Page, Purge, Shelf
from tests.press.door.serving import an_app, ask, get, serving
from tests.press.door.shelving import ARTICLE, BEGINNING, NETWORK, SECRET, a_page, a_shelf

PUBLIC, MEMBERS = (NETWORK, ARTICLE, "public"), (NETWORK, ARTICLE, "members")


def for_all(**changed: Any) -> Page:
    page = a_page(printed_at=changed.pop("printed_at", BEGINNING + 1), **changed)
    return Page(
        **{name: getattr(page, name) for name in Page.__slots__ if name != "for_all"}, for_all=True
    )


def held_of(door: Door, key: tuple[str, str, str]) -> Held:
    held = door.find(key)
    assert held is not None
    return held


def a_door(shelf: Shelf) -> tuple[Door, Follow]:
    door, follow = Door(shelf=shelf, secret=SECRET, memory_bytes=10_000_000), Follow()
    follow.look(door)
    return door, follow


def test_a_member_gets_it_and_no_shared_cache_may_keep_it(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    shelf.put(for_all())
    cookie = f"Cookie: masthead_class={make('members', int(time.time()) + 60, SECRET)}"

    with serving(an_app(shelf, tmp_path)) as port:
        public, *members = [
            ask(port, get(ARTICLE, *extra)) for extra in ((), (cookie,), (cookie,), (cookie,))
        ]

    assert {each.partition(b"\r\n\r\n")[2] for each in (public, *members)} == {
        public.partition(b"\r\n\r\n")[2]
    }
    assert b"cache-control: public, " in public
    assert [b"cache-control: private, no-cache\r\n" in each for each in members] == [True] * 3


def test_what_is_for_the_public_alone_is_given_to_nobody_else(tmp_path: Path) -> None:
    door, _ = a_door(a_shelf(tmp_path))

    assert door.find(MEMBERS) is None


def test_a_new_print_is_new_for_every_class(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path)
    shelf.put(for_all())
    door, follow = a_door(shelf)
    before = held_of(door, MEMBERS)

    a_shelf_of_another = Shelf(tmp_path, secret=SECRET)
    a_shelf_of_another.put(for_all(text="Tuesday.", printed_at=BEGINNING + 2))
    follow.look(door)

    assert held_of(door, MEMBERS).etag != before.etag
    assert held_of(door, MEMBERS).etag == held_of(door, PUBLIC).etag


def test_a_class_gets_its_own_as_soon_as_there_is_one(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path)
    shelf.put(for_all())
    door, follow = a_door(shelf)
    held_of(door, MEMBERS)
    other = Shelf(tmp_path, secret=SECRET)

    other.put(a_page(printed_at=BEGINNING + 2))  # not for all any more
    follow.look(door)
    without = door.memory.get(MEMBERS)
    other.put(a_page(variant="members", text="In full.", printed_at=BEGINNING + 3))
    follow.look(door)

    assert without is None
    assert held_of(door, MEMBERS).place == MEMBERS


def test_and_the_publics_when_that_is_for_all_again(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path)
    shelf.put(a_page(variant="members", text="In full."))
    door, follow = a_door(shelf)
    held_of(door, MEMBERS)

    Shelf(tmp_path, secret=SECRET).put(for_all())
    follow.look(door)

    assert held_of(door, MEMBERS).place == PUBLIC


def test_what_is_gone_is_gone_for_every_class(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path)
    shelf.put(for_all())
    door, follow = a_door(shelf)
    held_of(door, MEMBERS)

    Shelf(tmp_path, secret=SECRET).apply(Purge(1, (), ("a1",), 5.0))
    follow.look(door)

    assert door.memory.get(MEMBERS) is None


def test_readers_of_every_class_count_for_the_one_print(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path)
    shelf.put(for_all())
    door, _ = a_door(shelf)
    held_of(door, PUBLIC).uses, held_of(door, MEMBERS).uses = 2, 3

    assert door.memory.take_uses() == {PUBLIC: 5}


def test_a_page_that_only_became_stale_is_not_read_again(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path)
    shelf.put(for_all())
    door, follow = a_door(shelf)
    held = held_of(door, MEMBERS)

    Shelf(tmp_path, secret=SECRET).apply(Purge(1, ("a1",), (), 5.0))
    follow.look(door)

    assert door.memory.get(MEMBERS) is held
    assert held.stale_since == 5.0


def test_a_stale_one_is_printed_anew_where_it_lies(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path)
    shelf.put(for_all())
    shelf.apply(Purge(1, ("a1",), (), 5.0))
    door, _ = a_door(shelf)

    door.notice(held_of(door, MEMBERS))

    assert door.wanted_anew == {PUBLIC}
