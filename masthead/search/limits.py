"""
What a search may take, so that no number of searches keeps readers from their pages.

Per web process: some threads search, a few wait a moment, and the rest stay with the pages.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, connection, transaction

MOST_AT_ONCE = 4
WAIT_SECONDS = 0.5
# Of the search in the index. Over 100,000 articles it takes some milliseconds.
STATEMENT_SECONDS = 2.0
# Steps of SQLite's machine between two looks at the clock; a thousand take about 0.1 ms.
STEPS_BETWEEN_LOOKS = 1_000


class SearchBusy(Exception):
    """There is no room for this search now, or it took too long."""


class Room:
    """So many at once, so many waiting; whoever comes then is sent away without waiting."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._inside = threading.Semaphore(at_once)
        self._at_door = threading.Semaphore(at_once + waiting)

    @classmethod
    def for_threads(cls, threads: int) -> "Room":
        """Of 8 threads 4 search and 2 wait, so that 2 are always free for pages."""
        return cls(at_once=max(1, min(MOST_AT_ONCE, threads // 2)), waiting=threads // 4)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A place inside, or SearchBusy after WAIT_SECONDS at most."""
        with _held(self._at_door, seconds=0), _held(self._inside, seconds=WAIT_SECONDS):
            yield


@contextmanager
def _held(places: threading.Semaphore, *, seconds: float) -> Iterator[None]:
    if not places.acquire(timeout=seconds):
        raise SearchBusy("Every place is taken.")
    try:
        yield
    finally:
        places.release()


room = Room.for_threads(settings.OPERATOR["web_threads"])


@contextmanager
def statement_limit(*, seconds: float = STATEMENT_SECONDS) -> Iterator[None]:
    """The database gives up statements inside after so long: SearchBusy instead of an answer."""
    limit = _postgres_limit if connection.vendor == "postgresql" else _sqlite_limit
    until = time.monotonic() + seconds
    try:
        with limit(seconds):
            yield
    except OperationalError as given_up:
        if time.monotonic() < until:
            raise
        raise SearchBusy("The search took too long.") from given_up


@contextmanager
def _sqlite_limit(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    sqlite, until = connection.connection, time.monotonic() + seconds
    sqlite.set_progress_handler(lambda: time.monotonic() >= until, STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        sqlite.set_progress_handler(None, 0)


@contextmanager
def _postgres_limit(seconds: float) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds:.3f}s"])
        yield
