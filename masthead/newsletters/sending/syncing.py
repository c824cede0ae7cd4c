"""
When a commit waits for the disk.

A claim always does: what it says must outlive a power cut. Marks do not, because a disk answers
some hundred times a second and mails go faster; should power fail, everything that was claimed
counts as in doubt.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Protocol, cast

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


class Statements(Protocol):
    """What is needed of a cursor; statements have `%s` for values."""

    def execute(self, sql: str, params: Sequence[Any] = ..., /) -> Any: ...

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> Any: ...

    def fetchone(self) -> Any: ...

    @property
    def rowcount(self) -> int: ...


@contextmanager
def marking() -> Iterator[Statements]:
    """
    A transaction for marks. On SQLite without Django's bookkeeping around it, which with every
    mail costs several times what the few small statements do.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic(), connection.cursor() as cursor:
            yield cast(Statements, cursor)
        return
    connection.ensure_connection()
    plain = _Plain(connection.connection.cursor())
    with connection.wrap_database_errors:
        plain.execute("BEGIN IMMEDIATE")
        try:
            yield plain
            plain.execute("COMMIT")
        except BaseException:
            plain.execute("ROLLBACK")
            raise


class _Plain:
    """SQLite's own cursor, given statements as Django spells them."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.fetchone = cursor.fetchone

    def execute(self, sql: str, params: Sequence[Any] = (), /) -> Any:
        return self._cursor.execute(_spelled(sql), params)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> Any:
        return self._cursor.executemany(_spelled(sql), rows)

    @property
    def rowcount(self) -> int:
        return int(self._cursor.rowcount)


@lru_cache(maxsize=256)
def _spelled(sql: str) -> str:
    return sql.replace("%s", "?")


@contextmanager
def synced() -> Iterator[Statements]:
    """One transaction, on the disk when it is over, with all that was committed before."""
    before = _synchronous()
    if before == _NORMAL:
        _say("PRAGMA synchronous=FULL")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL synchronous_commit TO DEFAULT")
            yield cast(Statements, cursor)
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
