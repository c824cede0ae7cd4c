"""Waiting: for the next job without busying the database, and for a database that is away."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import Error, InterfaceError, OperationalError, connection
from django.utils import timezone

from masthead.jobs.enqueue import CHANNEL

log = logging.getLogger(__name__)
# Looks fall just after each half second, when the clerk has given out the turns of that second
# and what is planned for it has become due.
LOOK_EVERY_SECONDS = 0.5
AFTER_THE_CLERK_SECONDS = 0.03
# With PostgreSQL's notices a look is only for what a lost notice would have told.
LISTEN_SECONDS = 1.0
# A due job that cannot be claimed is held by an open transaction; no use asking at once again.
SHORTEST_SECONDS = 0.02
LONGEST_OUTAGE_PAUSE_SECONDS = 30.0


def wait_for_work(*, stop: threading.Event, until: datetime | None) -> None:
    """Sleep until a job may be due: at `until`, on a notice, or after a short while at most."""
    listening = connection.vendor == "postgresql"
    longest = LISTEN_SECONDS if listening else until_next_half_second() + AFTER_THE_CLERK_SECONDS
    left = longest if until is None else (until - timezone.now()).total_seconds()
    pause = max(SHORTEST_SECONDS, min(longest, left))
    if listening:
        _listen(pause)
    else:
        stop.wait(pause)


def until_next_half_second() -> float:
    return LOOK_EVERY_SECONDS - time.time() % LOOK_EVERY_SECONDS


def _listen(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    for _notice in connection.connection.notifies(timeout=seconds, stop_after=1):
        pass


class Outage:
    """One log line when the database goes away, one when it is back, longer pauses between."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._failures = 0

    @contextmanager
    def survived(self) -> Iterator[None]:
        """Run the block; when it fails, wait a while and go on."""
        try:
            yield
        except (OperationalError, InterfaceError) as error:
            self._pause(error)
        except Exception:
            # A worker thread that ended here would leave its queue unattended.
            log.exception("The worker stumbled and goes on.")
            connection.close()
            self._stop.wait(LOOK_EVERY_SECONDS)
        else:
            self._over()

    def insist(self, write: Callable[[], None]) -> None:
        """Make the write, again and again while the database is away and nobody says stop."""
        while True:
            try:
                write()
            except (OperationalError, InterfaceError) as error:
                if connection.in_atomic_block or self._stop.is_set():
                    raise
                self._pause(error)
            else:
                return self._over()

    def _pause(self, error: Error) -> None:
        if self._failures == 0:
            log.warning("The database cannot be reached, trying again: %s", error)
        connection.close()
        self._failures += 1
        self._stop.wait(min(0.5 * 2 ** min(self._failures, 10), LONGEST_OUTAGE_PAUSE_SECONDS))

    def _over(self) -> None:
        if self._failures:
            log.warning("The database is back after %s tries.", self._failures)
        self._failures = 0
