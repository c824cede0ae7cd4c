from array import array
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from masthead.press.door.directory import Directory, Marks
from masthead.press.shelf import Address
from tests.press.door.shelving import NETWORK, a_shelf


class Counted:
    """A shelf that counts how often it is asked."""

    def __init__(self, folder: Path) -> None:
        self.shelf = a_shelf(folder)
        self.asked = 0

    def address(self, host: str, path: str) -> Address | None:
        self.asked += 1
        return self.shelf.address(host, path)

    def moved_above(self, host: str, path: str) -> Address | None:
        self.asked += 1
        return self.shelf.moved_above(host, path)

    def all_addresses(self, host: str):
        return self.shelf.all_addresses(host)


def test_made_up_addresses_hardly_ever_reach_the_ledger(tmp_path: Path) -> None:
    shelf = Counted(tmp_path)
    directory = Directory(shelf)
    directory.build([NETWORK])

    for number in range(1_000):
        assert directory.address(NETWORK, f"/courier/made-up/{number}/") is None
        assert directory.moved_above(NETWORK, f"/courier/made-up/{number}/") is None

    assert shelf.asked < 20


def test_an_address_set_later_is_found_at_once(tmp_path: Path) -> None:
    shelf = Counted(tmp_path)
    directory = Directory(shelf)
    directory.build([NETWORK])
    new = Address(NETWORK, "/courier/new/", "moved", (), "/courier/", True)
    shelf.shelf.set_addresses(NETWORK, [new])

    directory.changed(NETWORK, "/courier/new/")

    assert directory.address(NETWORK, "/courier/new/") == new
    assert directory.moved_above(NETWORK, "/courier/new/a/b/") == new


def test_an_address_set_during_the_build_is_found_after_it(tmp_path: Path) -> None:
    shelf = Counted(tmp_path)
    directory = Directory(shelf)
    whole = shelf.all_addresses

    def slow(host: str):
        yield from whole(host)
        shelf.shelf.set_addresses(host, [Address(host, "/courier/aa/", "page")])
        directory.changed(host, "/courier/aa/")

    shelf.all_addresses = slow
    directory.build([NETWORK])

    assert directory.address(NETWORK, "/courier/aa/") is not None


def test_after_everything_changed_the_ledger_is_asked(tmp_path: Path) -> None:
    shelf = Counted(tmp_path)
    directory = Directory(shelf)
    directory.build([NETWORK])

    directory.forget()
    directory.address(NETWORK, "/made-up/")

    assert shelf.asked == 1
    assert directory.is_wanted


def test_very_deep_addresses_are_left_to_the_ledger(tmp_path: Path) -> None:
    shelf = Counted(tmp_path)
    directory = Directory(shelf)
    directory.build([NETWORK])

    assert directory.moved_above(NETWORK, "/a" * 10_000) is None
    assert shelf.asked == 1


@given(st.sets(st.text(max_size=20), max_size=300))
def test_what_was_marked_is_never_denied(paths: set[str]) -> None:
    marks = Marks(array("q", [hash(("host", path)) for path in paths]))

    assert all(marks.may_have("host", path) for path in paths)
