"""From the folder where a machine's front door counts, into the database."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from masthead.ads.counting.actions import take_batches
from masthead.ads.counting.queries import known_batches
from masthead.ads.counting.settling import Settling
from masthead.ads.counting.strays import seal, take_strays
from masthead.ads.door import books_folder, taken_folder, tally, waiting_folder
from masthead.ads.door.books import Books
from masthead.ads.door.tally import Batch
from masthead.press.shelf import Shelf

TAKEN_EVERY_SECONDS = 5.0
# In one transaction. A door process leaves one a second; after a long absence of the database
# the rest follows with the next turns. The keeper's other work waits while tokens are settled.
MOST_AT_ONCE, MOST_TOLD_AT_ONCE = 200, 40_000


def take_counts(_shelf: Shelf) -> None:
    """
    Killed at any point, what was counted is counted once when this is done again.

    For one process of a machine at a time: the keeper is the only one.
    """
    folder, at = settings.DATA, timezone.now()
    books = Books(books_folder(folder))
    try:
        batches = tally.take(
            waiting_folder(folder),
            taken_folder(folder),
            most=MOST_AT_ONCE,
            most_told=MOST_TOLD_AT_ONCE,
        )
        if batches:
            _take(batches, books, at=at)
            tally.forget([batch.name for batch in batches], taken_folder(folder))
        take_strays(books=books, at=at)
        if tally.is_empty(waiting_folder(folder)):  # nothing needs an old book
            books.forget_old(at.timestamp())
    finally:
        books.close()


def _take(batches: list[Batch], books: Books, *, at: datetime) -> None:
    """
    Sums first, in one transaction with the batches' names, then marks, then the files go.

    Killed after the transaction, a batch is known; its marks are made up for before anything else
    is settled.
    """
    turn, known = Settling(books, seal()), known_batches(batches)
    for batch in batches:
        if batch.name in known:
            turn.settle(batch)
    settled = [
        Batch(batch.name, turn.settle(batch)) for batch in batches if batch.name not in known
    ]
    take_batches(batches=settled, at=at)
    turn.make_marks()
