"""Addresses and hosts, known without the database."""

import pytest

from masthead.press.shelf import Address, Hosts, HostTable, addresses
from tests.press.shelf.pages import HOST, a_page


def page(path, *params):
    return Address(HOST, path, "page", params)


def moved(path, location, below=True):
    return Address(HOST, path, "moved", (), location, below)


def test_an_address_is_found_as_it_was_set(shelf):
    rows = [
        page("/port/", "before", "after"),
        Address(HOST, "/search/", "app"),
        moved("/old/", "/port/"),
    ]

    assert shelf.set_addresses(HOST, rows) == 3
    assert [shelf.address(HOST, row.path) for row in rows] == rows


@pytest.mark.parametrize("other", [(HOST, "/port"), ("x.example", "/port/"), (HOST, "/PORT/")])
def test_another_is_not(shelf, other):
    shelf.set_addresses(HOST, [page("/port/")])

    assert shelf.address(*other) is None


def test_setting_again_what_is_there_changes_nothing(shelf):
    shelf.set_addresses(HOST, [page("/port/"), page("/town/")])
    number, _ = shelf.changes_since(-1)

    assert shelf.set_addresses(HOST, [page("/port/"), page("/town/")]) == 0
    assert shelf.changes_since(number) == (number, [])


def test_what_is_removed_is_gone_and_the_rest_stays(shelf):
    shelf.set_addresses(HOST, [page("/port/"), page("/town/")])

    shelf.remove_addresses(HOST, ["/port/", "/nothing/"])

    assert list(shelf.all_addresses(HOST)) == [page("/town/")]


def test_all_addresses_of_a_host_come_in_order_however_many(shelf, monkeypatch):
    monkeypatch.setattr(addresses, "ROWS_AT_ONCE", 3)
    rows = [page(f"/{number:02}/") for number in range(10)]

    shelf.set_addresses(HOST, reversed(rows))
    shelf.set_addresses("x.example", [Address("x.example", "/00/", "app")])

    assert list(shelf.all_addresses(HOST)) == rows


def test_what_is_below_a_moved_address_finds_the_nearest(shelf):
    shelf.set_addresses(HOST, [moved("/a/", "/x/"), moved("/a/b/", "/y/"), page("/a/b/c/")])

    assert shelf.moved_above(HOST, "/a/b/c/d/") == moved("/a/b/", "/y/")
    assert shelf.moved_above(HOST, "/a/z/feed.xml") == moved("/a/", "/x/")
    assert shelf.moved_above(HOST, "/a/") is None
    assert shelf.moved_above(HOST, "/ab/c/") is None


def test_a_moved_address_that_takes_nothing_along_is_not_above(shelf):
    shelf.set_addresses(HOST, [moved("/a/", "/x/", below=False)])

    assert shelf.moved_above(HOST, "/a/b/") is None


@pytest.mark.parametrize("path", ["", "/", "//", "x", "/" * 10_000, "/a" * 10_000, "/\0/a/"])
def test_odd_paths_have_nothing_above_them(shelf, path):
    assert (shelf.moved_above(HOST, path), shelf.address(HOST, path)) == (None, None)


def test_pages_that_are_not_printed_are_missing(shelf):
    rows = [page(f"/{number}/") for number in range(6)]
    shelf.set_addresses(HOST, [*rows, Address(HOST, "/4x/", "app")])
    shelf.put(a_page("/1/"))
    shelf.put(a_page("/2/", variant="adfree"))

    assert shelf.missing(HOST, "public", 3) == ["/0/", "/2/", "/3/"]
    assert shelf.missing(HOST, "public", 3, after="/3/") == ["/4/", "/5/"]
    assert shelf.missing(HOST, "public", 3, after="/5/") == []


def test_hosts_are_read_as_they_were_set_and_the_same_object_while_nothing_changes(shelf):
    hosts = Hosts(
        {HOST: HOST, "www.courier.example": HOST},
        {HOST: HostTable(True, ("/search/",), ("/",))},
        complete=True,
    )

    shelf.set_hosts(hosts)

    assert shelf.hosts() == hosts
    assert shelf.hosts() is shelf.hosts()


def test_a_new_shelf_knows_no_host_and_does_not_claim_to_know_all(shelf):
    assert shelf.hosts() == Hosts({}, {}, complete=False)


def test_the_same_hosts_again_are_no_change(shelf):
    hosts = Hosts({HOST: HOST}, {HOST: HostTable(True)})
    shelf.set_hosts(hosts)
    number, _ = shelf.changes_since(-1)

    shelf.set_hosts(hosts)

    assert shelf.changes_since(number) == (number, [])
