"""The change log: what a door with a memory has to look at again."""

import pytest

from masthead.press.shelf import Address, Hosts, Purge, Shelf, changes
from tests.press.shelf.pages import HOST, SECRET, a_page

BRIDGE = (HOST, "/port/bridge/", "public")


def now(shelf):
    return shelf.changes_since(-1)[0]


def test_a_door_that_begins_forgets_everything(shelf):
    shelf.put(a_page())

    assert shelf.changes_since(-1) == (1, None)


def test_an_empty_shelf_has_nothing_to_tell(shelf):
    assert (shelf.changes_since(-1), shelf.changes_since(0)) == ((0, None), (0, []))


@pytest.mark.parametrize(
    "change",
    [
        lambda shelf: shelf.put(a_page(printed_at=2000.0)),
        lambda shelf: shelf.apply(Purge(1, ("o1",), (), 2000.0)),
        lambda shelf: shelf.apply(Purge(1, (), ("o1",), 2000.0)),
        lambda shelf: shelf.expire(1500.0),
        lambda shelf: shelf.drop(*BRIDGE),
        lambda shelf: shelf.evict(),
    ],
    ids=["print", "purge", "gone", "expire", "drop", "evict"],
)
def test_whatever_happens_to_a_page_is_told_once(shelf, change):
    shelf.put(a_page(fresh_until=1200.0))
    shelf.most_bytes = 10
    before = now(shelf)

    change(shelf)

    assert shelf.changes_since(before) == (before + 1, [BRIDGE])
    assert shelf.changes_since(before + 1) == (before + 1, [])


def test_use_is_nobodys_business(shelf):
    shelf.put(a_page())
    before = now(shelf)

    shelf.note_used({BRIDGE: 3}, at=1.0)

    assert shelf.changes_since(before) == (before, [])


def test_an_address_is_told_without_a_variant(shelf):
    shelf.set_addresses(HOST, [Address(HOST, "/port/", "page")])
    before = now(shelf)

    shelf.set_addresses(HOST, [Address(HOST, "/port/", "moved", location="/harbour/")])
    shelf.remove_addresses(HOST, ["/port/"])

    assert shelf.changes_since(before)[1] == [(HOST, "/port/", "")] * 2


@pytest.mark.parametrize(
    "change",
    [
        lambda shelf: shelf.set_hosts(Hosts({HOST: HOST}, {}, complete=True)),
        lambda shelf: shelf.apply_everything(5, at=2.0),
    ],
    ids=["hosts", "gap"],
)
def test_what_concerns_everything_is_one_line(shelf, change):
    shelf.put(a_page())
    before = now(shelf)

    change(shelf)

    assert shelf.changes_since(before) == (before + 1, None)


def test_very_many_changes_at_once_are_everything(shelf, monkeypatch):
    monkeypatch.setattr(changes, "MOST_AT_ONCE", 2)
    for number in range(3):
        shelf.put(a_page(f"/{number}/"))
    before = now(shelf)

    shelf.apply(Purge(1, ("*",), (), 1.0))

    assert shelf.changes_since(before) == (before + 1, None)


def test_the_log_is_cut_and_says_so_to_who_was_away(shelf, monkeypatch):
    monkeypatch.setattr(changes, "MOST_KEPT", 3)
    for number in range(6):
        shelf.put(a_page(f"/{number}/"))

    assert shelf.changes_since(2) == (6, None)
    assert shelf.changes_since(3) == (6, [(HOST, f"/{each}/", "public") for each in (3, 4, 5)])


def test_a_number_from_another_ledger_is_not_believed(shelf):
    shelf.put(a_page())

    assert shelf.changes_since(50) == (1, None)


def test_another_processs_write_is_noticed_cheaply(shelf, folder):
    other = Shelf(folder, secret=SECRET)
    before = shelf.data_version()

    assert shelf.data_version() == before
    other.put(a_page())
    assert shelf.data_version() != before
