"""
When a commit waits for the disk.

A claim always does: what it says must outlive a power cut. On SQLite marks do not, because a disk
answers some hundred times a second and mails go faster; should power fail, everything that was
claimed counts as in doubt. On PostgreSQL every commit waits; several lines share one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def synced() -> Iterator[None]:
    with transaction.atomic():
        yield


@contextmanager
def unsynced() -> Iterator[None]:
    """For senders' own connections; safe against the end of this process, not of the machine."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    _synchronous("NORMAL")
    try:
        with transaction.atomic():
            yield
    finally:
        _synchronous("FULL")


def _synchronous(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={how}")
