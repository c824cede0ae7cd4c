"""Reads wait in the ledger in batches that are told once."""

from masthead.press.shelf import Shelf
from masthead.press.shelf.reads import find_batch, forget_batch

HOUR = 500_000


def read(shelf: Shelf, reads: dict[int, int], *, hour: int = HOUR) -> None:
    shelf.note_used({}, at=hour * 3600.0 + 1800, reads=reads)


def test_nothing_was_read(shelf: Shelf) -> None:
    assert find_batch(shelf.ledger) is None


def test_doors_add_up_by_article_and_hour(shelf: Shelf) -> None:
    read(shelf, {1: 2, 2: 1})
    read(shelf, {1: 3})
    read(shelf, {1: 4}, hour=HOUR + 1)

    batch = find_batch(shelf.ledger)

    assert batch is not None
    assert batch.reads == {(1, HOUR): 5, (2, HOUR): 1, (1, HOUR + 1): 4}


def test_a_batch_stays_as_it_is_until_it_is_forgotten(shelf: Shelf) -> None:
    read(shelf, {1: 2})
    first = find_batch(shelf.ledger)
    assert first is not None
    read(shelf, {1: 40})

    assert find_batch(shelf.ledger) == first
    forget_batch(shelf.ledger, first.name)
    second = find_batch(shelf.ledger)

    assert second is not None
    assert (second.reads, second.name == first.name) == ({(1, HOUR): 40}, False)
