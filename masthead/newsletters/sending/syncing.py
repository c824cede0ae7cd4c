"""
When a commit waits for the disk.

A claim always does: what it says must outlive a power cut. Marks do not, because a disk answers
some hundred times a second and mails go faster; should power fail, everything that was claimed
counts as in doubt.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction


@contextmanager
def marks_unsynced() -> Iterator[None]:
    """
    For a sender's own connection: commits do not wait for the disk, but those of `synced` do.

    Safe against the end of this process, not of the machine that keeps the database.
    """
    if connection.in_atomic_block:
        yield
        return
    _say(_UNSYNCED[connection.vendor])
    try:
        yield
    finally:
        try:
            _say(_AS_EVER[connection.vendor])
        except DatabaseError:  # broken: the next one waits for the disk from its beginning
            connection.close()


@contextmanager
def synced() -> Iterator[None]:
    """One transaction, on the disk when it is over, with all that was committed before."""
    before = _synchronous()
    if before == _NORMAL:
        _say("PRAGMA synchronous=FULL")
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                _say("SET LOCAL synchronous_commit TO DEFAULT")
            yield
    finally:
        if before == _NORMAL:
            _say("PRAGMA synchronous=NORMAL")


_NORMAL = 1
_UNSYNCED = {
    "sqlite": "PRAGMA synchronous=NORMAL",
    "postgresql": "SET synchronous_commit TO off",
}
_AS_EVER = {
    "sqlite": "PRAGMA synchronous=FULL",
    "postgresql": "RESET synchronous_commit",
}


def _synchronous() -> int | None:
    """SQLite's, where it can be changed: not within a transaction."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA synchronous").fetchone()[0])


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
