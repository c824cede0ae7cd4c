"""What others do to the shelf is served within moments."""

import time
from pathlib import Path

from masthead.press.door.follow import Follow
from masthead.press.shelf import Address, Hosts, Purge
from tests.press.door.serving import an_app, ask, get, serving
from tests.press.door.shelving import ARTICLE, BEGINNING, NETWORK, a_door, a_page, a_shelf

KEY = (NETWORK, ARTICLE, "public")


def test_a_new_print_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    door, follow = a_door(tmp_path), Follow()
    follow.look(door)
    before = door.find(KEY)
    a_shelf_of_another = a_shelf(tmp_path)
    a_shelf_of_another.put(a_page(text="Tuesday.", printed_at=BEGINNING + 1))

    follow.look(door)

    after = door.memory.get(KEY)
    assert before is not None
    assert after is not None
    assert before.etag != after.etag


def test_a_page_stays_where_the_quick_way_looks(tmp_path: Path) -> None:
    door, follow = a_door(tmp_path), Follow()
    follow.look(door)
    held = door.find(KEY)
    assert held is not None
    door.memory.find_by_line(held, b"GET " + ARTICLE.encode())
    a_shelf(tmp_path).put(a_page(text="Tuesday.", printed_at=BEGINNING + 1))

    follow.look(door)

    found = door.memory.lines[NETWORK.encode(), "public"][b"GET " + ARTICLE.encode()]
    assert found is door.memory.get(KEY)
    assert found is not held


def test_a_purged_page_is_stale_and_a_gone_one_forgotten(tmp_path: Path) -> None:
    door, follow = a_door(tmp_path), Follow()
    other = a_shelf(tmp_path)
    follow.look(door)
    door.find(KEY)

    other.apply(Purge(1, frozenset({"a1"}), frozenset(), 5.0))
    follow.look(door)
    held = door.memory.get(KEY)
    other.apply(Purge(2, frozenset(), frozenset({"a1"}), 6.0))
    follow.look(door)

    assert held is not None
    assert held.stale_since == 5.0
    assert door.memory.get(KEY) is None


def test_an_address_that_changed_is_decided_anew(tmp_path: Path) -> None:
    door, follow = a_door(tmp_path), Follow()
    door.directory.build([NETWORK])
    follow.look(door)
    door.find(KEY)

    a_shelf(tmp_path).set_addresses(
        NETWORK,
        [Address(NETWORK, ARTICLE, "app"), Address(NETWORK, "/courier/new/", "page")],
    )
    follow.look(door)

    assert door.memory.get(KEY) is None
    assert door.directory.address(NETWORK, "/courier/new/") is not None


def test_new_hosts_are_learned(tmp_path: Path) -> None:
    door, follow = a_door(tmp_path), Follow()
    follow.look(door)

    a_shelf(tmp_path).set_hosts(Hosts({"new.example": "new.example"}, {}, True))
    follow.look(door)

    assert list(door.hosts.canonical) == ["new.example"]
    assert (b"new.example", "public") in door.memory.lines


def test_the_ledger_hears_what_was_read(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")

    with serving(an_app(shelf, tmp_path)) as port:
        for _ in range(3):
            ask(port, get(ARTICLE))

    (uses,) = (
        shelf.ledger.connection()
        .execute("SELECT uses FROM page WHERE target = ?", (ARTICLE,))
        .fetchone()
    )
    assert uses == 3


def test_a_reader_sees_the_new_page_within_moments(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")

    with serving(an_app(shelf, tmp_path)) as port:
        ask(port, get(ARTICLE))
        shelf.put(a_page(text="Tuesday.", printed_at=BEGINNING + 1))
        time.sleep(0.3)
        answer = ask(port, get(ARTICLE))

    assert b"Tuesday." in answer
