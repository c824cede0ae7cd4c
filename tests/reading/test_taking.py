"""What the machines counted comes into the database, each read once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.outlets.models import Section
from masthead.press.shelf import Shelf
from masthead.reading import taking
from masthead.reading.actions import AlreadyTaken, forget_reads, hour_of, take_batch
from masthead.reading.models import HourOfReads, TakenBatch
from tests.factories import NOON, an_article

HOUR = hour_of(NOON)


@pytest.fixture
def row(port: Section) -> int:
    return row_of(an_article(port, "Night pilots"))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "shelf", secret=b"only-for-tests")
    yield shelf
    shelf.close()


def row_of(article: ArticlePage) -> int:
    return PublishedArticle.objects.get(article=article).pk


def taken() -> list[tuple[int, int, int]]:
    rows = HourOfReads.objects.order_by("published", "hour")
    return list(rows.values_list("published", "hour", "reads"))


def test_the_same_batch_twice_counts_once(row: int) -> None:
    take_batch(name="one", reads={(row, HOUR): 3}, at=NOON)

    with pytest.raises(AlreadyTaken):
        take_batch(name="one", reads={(row, HOUR): 3}, at=NOON)

    assert taken() == [(row, HOUR, 3)]


def test_batches_of_several_machines_add_up(row: int) -> None:
    take_batch(name="one", reads={(row, HOUR): 3}, at=NOON)
    take_batch(name="two", reads={(row, HOUR): 4, (row, HOUR - 1): 1}, at=NOON)

    assert taken() == [(row, HOUR - 1, 1), (row, HOUR, 7)]


def test_addresses_and_hours_that_are_none_are_left_out(row: int) -> None:
    reads = {(row + 1000, HOUR): 1, (row, HOUR - 24 * 9): 1, (row, HOUR + 5): 1, (row, HOUR): 1}

    take_batch(name="one", reads=reads, at=NOON)

    assert taken() == [(row, HOUR, 1)]


def test_killed_after_the_database_knew_nothing_is_counted_twice(
    row: int, shelf: Shelf, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.note_used({}, at=NOON.timestamp(), reads={row: 5})
    with monkeypatch.context() as killed:
        killed.setattr(taking, "forget_batch", _killed)
        with pytest.raises(KeyboardInterrupt):
            taking.take_from(shelf)
    shelf.note_used({}, at=NOON.timestamp(), reads={row: 2})

    for _ in range(3):
        taking.take_from(shelf)

    assert taken() == [(row, HOUR, 7)]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_after_eight_days_reads_and_batches_are_forgotten(row: int) -> None:
    take_batch(name="old", reads={(row, HOUR): 1}, at=NOON)
    later = NOON + timedelta(days=8, hours=1)
    take_batch(name="new", reads={(row, hour_of(later)): 1}, at=later)

    forget_reads(at=later)

    assert taken() == [(row, hour_of(later), 1)]
    assert list(TakenBatch.objects.values_list("name", flat=True)) == ["new"]
