"""
Clicks that wait in memory until it can be told who made them, and are then counted in one go.

A minute's clicks are lost when the program is killed; no client's address is ever written down.
"""

import atexit
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock, Thread
from time import sleep

from django.db import DatabaseError, connection
from django.utils import timezone

from masthead.newsletters.clicks.telling_apart import Click

HELD = timedelta(seconds=60)
LOOKS_EVERY_SECONDS = 10
MOST_WAITING = 50_000  # of some 200 bytes
logger = logging.getLogger(__name__)

Count = Callable[[list[Click]], None]


class Counter:
    def __init__(self, count: Count, *, runs_by_itself: bool = True) -> None:
        self._count = count
        self._runs_by_itself = runs_by_itself
        self._waiting: list[Click] = []
        self._lock = Lock()
        self._thread: Thread | None = None
        self._key = secrets.token_bytes(16)

    def client(self, address: str, agent: str) -> int:
        """A number for who asks, good within this process alone."""
        named = f"{address}\n{agent}".encode()
        return int.from_bytes(blake2b(named, digest_size=8, key=self._key).digest())

    def add(self, click: Click) -> None:
        """When far too many wait, more are not counted."""
        with self._lock:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.append(click)
            if self._runs_by_itself and (self._thread is None or not self._thread.is_alive()):
                self._thread = Thread(target=self._run, name="clicks", daemon=True)
                self._thread.start()

    def count_until(self, at: datetime) -> int:
        """Count what came at or before a moment, with what the same clients did since."""
        with self._lock:
            ripe = {(each.copy_id, each.client) for each in self._waiting if each.at <= at}
            taken = [each for each in self._waiting if (each.copy_id, each.client) in ripe]
            self._waiting = [e for e in self._waiting if (e.copy_id, e.client) not in ripe]
        if taken:
            self._count(taken)
        return len(taken)

    def _run(self) -> None:
        while True:
            sleep(LOOKS_EVERY_SECONDS)
            self._count_quietly(timezone.now() - HELD)
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return

    def _count_quietly(self, at: datetime) -> None:
        try:
            self.count_until(at)
        except DatabaseError:
            logger.exception("Clicks of the last minute could not be counted.")
        finally:
            connection.close()

    def at_the_end(self) -> None:
        """The program stops in good order: nothing more will come."""
        if self._waiting:
            self._count_quietly(timezone.now())


def counter_for(count: Count) -> Counter:
    made = Counter(count)
    atexit.register(made.at_the_end)
    return made
