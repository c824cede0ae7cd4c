"""Marks that a machine's processes share, and that outlive each of them."""

import multiprocessing
from pathlib import Path

import pytest

from masthead.ads.door import GOOD_SECONDS, PLACES, books
from masthead.ads.door.books import KEPT_SECONDS, NEW_AFTER_SECONDS, RUN, Book, Books, Mark, sync
from masthead.ads.models import Place
from tests.ads.door.posting import NOW


def test_places_are_numbered_as_they_are_named() -> None:
    assert list(PLACES) == [place.value for place in Place]


def test_no_serial_is_given_twice(tmp_path: Path) -> None:
    two = [Books(tmp_path), Books(tmp_path)]

    given = [two[number % 2].next(NOW) for number in range(2 * RUN + 10)]

    assert len(set(given)) == len(given)
    assert len({name for name, _ in given}) == 1


def test_a_full_book_is_followed_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "SERIALS", RUN + 5)
    shelf = Books(tmp_path)

    given = [shelf.next(NOW) for _ in range(RUN + 6)]

    assert len(set(given)) == RUN + 6
    assert len({name for name, _ in given}) == 2


@pytest.mark.parametrize("step", [NEW_AFTER_SECONDS, -NEW_AFTER_SECONDS])
def test_an_hour_on_or_back_there_is_a_new_book(tmp_path: Path, step: int) -> None:
    shelf = Books(tmp_path)

    names = {shelf.next(NOW + at)[0] for at in (0, step, 0)}

    assert len(names) == len(shelf.names()) == 2


def test_old_books_go_when_no_token_of_theirs_is_good(tmp_path: Path) -> None:
    shelf, other = Books(tmp_path), Books(tmp_path)
    name, serial = shelf.next(NOW)

    other.forget_old(NOW + NEW_AFTER_SECONDS + GOOD_SECONDS)
    assert shelf.mark(name, serial, 1) is Mark.NEW
    other.forget_old(NOW + KEPT_SECONDS + 1)

    assert shelf.names() == []
    assert other.mark(name, serial, 1) is Mark.ELSEWHERE


def test_what_is_no_book_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / ("ab" * 6 + ".book")).write_bytes(bytes(64 + books.SERIALS))
    (tmp_path / ("cd" * 6 + ".book")).write_bytes(b"short")
    shelf = Books(tmp_path)

    assert [shelf.mark(bytes.fromhex(name * 6), 0, 1) for name in ("ab", "cd", "ef")] == [
        Mark.ELSEWHERE
    ] * 3
    assert len(shelf.next(NOW)[0]) == 6


def test_marks_are_found_in_the_file(tmp_path: Path) -> None:
    shelf = Books(tmp_path)
    name, serial = shelf.next(NOW)
    marks = [shelf.mark(name, serial, kind) for kind in (1, 2, 1, 2)]
    marked = shelf.marked()
    sync(marked)

    book = Book(tmp_path / f"{name.hex()}.book")

    assert marks == [Mark.NEW, Mark.NEW, Mark.AGAIN, Mark.AGAIN]
    assert [shelf.look(name, at, 1) for at in (serial, serial + 1)] == [Mark.AGAIN, Mark.NEW]
    assert (book.marks(1), book.marks(2), shelf.marked()) == (1, 1, [])
    book.close()
    shelf.close()


def _mark_all(folder: str, name: bytes, start, told) -> None:
    shelf = Books(Path(folder))
    start.wait()
    told.put([serial for serial in range(3000) if shelf.mark(name, serial, 1) is Mark.NEW])


def test_of_processes_at_the_same_mark_one_makes_it(tmp_path: Path) -> None:
    name, _ = Books(tmp_path).next(NOW)
    context = multiprocessing.get_context("fork")
    start, told = context.Event(), context.Queue()
    working = [
        context.Process(target=_mark_all, args=(str(tmp_path), name, start, told)) for _ in range(3)
    ]
    for each in working:
        each.start()
    start.set()

    made = sorted(serial for _ in working for serial in told.get(timeout=20))

    for each in working:
        each.join(20)
    assert made == list(range(3000))
