"""What is put on the shelf is read from it."""

from dataclasses import replace

import pytest

from masthead.press.shelf import AnotherRelease, Purge, Shelf, State
from tests.press.shelf.pages import HOST, SECRET, a_page

AT = (HOST, "/port/bridge/", "public")


def containers(shelf):
    return sorted(shelf.pages.glob("*/*"))


def test_a_page_is_read_as_it_was_put(shelf):
    page = a_page()

    assert shelf.put(page) is True
    assert shelf.read(*AT) == page


def test_another_process_reads_it_too(shelf, folder):
    shelf.put(a_page())

    assert Shelf(folder, secret=SECRET).read(*AT) == a_page()


@pytest.mark.parametrize(
    "other",
    [("x.example", *AT[1:]), (HOST, "/port/bridge", "public"), (*AT[:2], "adfree")],
    ids=["host", "target", "variant"],
)
def test_nothing_else_is_there(shelf, other):
    shelf.put(a_page())

    assert (shelf.read(*other), shelf.state(*other)) == (None, None)


def test_the_row_alone_tells_how_a_page_is(shelf):
    page = a_page(fresh_until=2000.0)
    shelf.put(page)

    size = containers(shelf)[0].stat().st_size
    assert shelf.state(*AT) == State(page.etag, 200, 0.0, 2000.0, size, 1000.0, for_all=False)


def test_a_newer_print_takes_the_place_of_the_older_and_its_file(shelf):
    newer = a_page(text="New.", printed_at=1001.0, keys=("o1", "a55"))
    shelf.put(a_page())

    assert shelf.put(newer) is True
    assert shelf.read(*AT) == newer
    assert len(containers(shelf)) == 1
    assert list(shelf.verify()) == []


@pytest.mark.parametrize(
    "older",
    [{"printed_at": 999.0, "seen": 3}, {"printed_at": 2000.0, "seen": 2}],
    ids=["printed earlier", "saw less"],
)
def test_an_older_print_changes_nothing(shelf, older):
    page = a_page(seen=3)
    shelf.put(page)
    number, _ = shelf.changes_since(-1)

    assert shelf.put(replace(page, etag="ab", **older)) is False
    assert shelf.read(*AT) == page
    assert shelf.changes_since(number) == (number, [])
    assert len(containers(shelf)) == 1


def test_the_same_print_may_be_put_again(shelf):
    shelf.put(a_page())

    assert shelf.put(a_page()) is True
    assert shelf.read(*AT) == a_page()


def test_use_survives_a_new_print(shelf):
    shelf.put(a_page())
    shelf.note_used({AT: 7}, at=1500.0)
    shelf.put(a_page(printed_at=1600.0))
    shelf.apply(Purge(1, ("o1",), (), 1700.0))

    assert [each.uses for each in shelf.stale(most=1)] == [7]


def test_a_dropped_page_is_gone_with_its_file(shelf):
    shelf.put(a_page())

    shelf.drop(*AT)

    assert (shelf.read(*AT), containers(shelf)) == (None, [])


def test_dropping_what_is_not_there_is_nothing(shelf):
    number, _ = shelf.changes_since(-1)

    shelf.drop(*AT)

    assert shelf.changes_since(number) == (number, [])


def test_a_tampered_page_is_not_served_and_taken_off(shelf):
    shelf.put(a_page())
    [file] = containers(shelf)
    file.write_bytes(file.read_bytes().replace(b'"status":200', b'"status":201'))

    assert shelf.read(*AT) is None
    assert (shelf.state(*AT), containers(shelf)) == (None, [])


def test_a_sealed_page_under_anothers_name_is_not_served(shelf):
    shelf.put(a_page())
    [file] = containers(shelf)
    shelf.put(a_page("/port/other/"))
    other = next(each for each in containers(shelf) if each != file)
    file.write_bytes(other.read_bytes())

    assert shelf.read(*AT) is None
    assert shelf.state(*AT) is None


def test_a_page_whose_file_was_lost_is_forgotten(shelf):
    shelf.put(a_page())
    containers(shelf)[0].unlink()

    assert (shelf.read(*AT), shelf.state(*AT)) == (None, None)


def test_a_disk_that_is_full_leaves_the_old_page(shelf, monkeypatch):
    shelf.put(a_page())

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            shelf.put(a_page(printed_at=2000.0))

    assert shelf.read(*AT) == a_page()
    assert len(containers(shelf)) == 1


def test_a_ledger_of_another_release_is_refused(shelf, folder):
    shelf.ledger.connection().execute("PRAGMA user_version = 99")

    with pytest.raises(AnotherRelease, match="printed anew"):
        Shelf(folder, secret=SECRET)


def test_a_ledger_of_the_release_before_is_brought_on(shelf, folder):
    shelf.put(a_page())
    shelf.ledger.connection().executescript(
        "DROP TABLE reader_class; DROP TABLE read; DROP INDEX page_unpacked;"
        " ALTER TABLE page DROP COLUMN packed; ALTER TABLE page DROP COLUMN for_all;"
        " PRAGMA user_version = 1;"
    )
    shelf.close()

    brought_on = Shelf(folder, secret=SECRET)

    assert brought_on.read(*AT) == a_page()
    assert (brought_on.state(*AT).for_all, brought_on.pack_some(most=8)) == (False, 0)
    brought_on.close()


@pytest.fixture
def synced(monkeypatch):
    """How often something was waited for on the disk."""
    seen: list[int] = []
    monkeypatch.setattr("os.fsync", seen.append)
    return seen


def test_a_first_print_is_not_waited_for_on_the_disk(shelf, synced):
    shelf.put(a_page())  # makes its folder
    shelf.drop(*AT)
    synced.clear()

    shelf.put(a_page())

    assert synced == []


def test_a_print_in_the_place_of_another_is(shelf, synced):
    shelf.put(a_page())
    synced.clear()

    shelf.put(a_page(printed_at=2000.0))

    assert len(synced) == 2  # the file and its folder; the ledger's commit is SQLite's


def test_a_commit_after_one_that_was_not_waited_for_is(shelf):
    shelf.put(a_page())

    assert shelf.ledger.connection().execute("PRAGMA synchronous").fetchone() == (2,)


def test_each_thread_has_a_connection_of_its_own(shelf):
    from concurrent.futures import ThreadPoolExecutor

    shelf.put(a_page())

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: shelf.read(*AT), range(40)))

    assert found == [a_page()] * 40
