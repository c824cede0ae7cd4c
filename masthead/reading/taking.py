"""From a machine's shelf, where its front door counts, into the database."""

from contextlib import suppress

from django.utils import timezone

from masthead.press.shelf import Shelf
from masthead.press.shelf.reads import find_batch, forget_batch
from masthead.reading.actions import AlreadyTaken, take_batch


def take_from(shelf: Shelf) -> None:
    """Killed at any point, what was counted is counted once when this is done again."""
    batch = find_batch(shelf.ledger)
    if batch is None:
        return
    with suppress(AlreadyTaken):
        take_batch(name=batch.name, reads=batch.reads, at=timezone.now())
    forget_batch(shelf.ledger, batch.name)
