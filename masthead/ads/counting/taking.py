"""From the folder where a machine's front door counts, into the database."""

from django.conf import settings
from django.utils import timezone

from masthead.ads.counting.actions import take_batches
from masthead.ads.counting.strays import take_strays
from masthead.ads.door import books_folder, tally, waiting_folder
from masthead.ads.door.books import Books
from masthead.press.shelf import Shelf

TAKEN_EVERY_SECONDS = 5.0
# In one transaction. A door process leaves one a second; after a long absence of the database
# the rest follows with the next turns.
MOST_AT_ONCE = 200


def take_counts(_shelf: Shelf) -> None:
    """Killed at any point, what was counted is counted once when this is done again."""
    folder, at = waiting_folder(settings.DATA), timezone.now()
    batches = tally.waiting(folder, most=MOST_AT_ONCE)
    if batches:
        take_batches(batches=batches, at=at)
        tally.forget([batch.name for batch in batches], folder)
    books = Books(books_folder(settings.DATA))
    try:
        take_strays(books=books, at=at)
        books.forget_old(at.timestamp())
    finally:
        books.close()
