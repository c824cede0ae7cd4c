"""Waiting for the next change: PostgreSQL tells of it, SQLite is looked at."""

import threading
import time
from typing import Any

from django.db import connection

from masthead.changes.actions import CHANNEL

LOOK_SECONDS = 0.02  # SQLite: asking whether anybody wrote takes some microseconds
AT_LEAST_SECONDS = 0.5  # time passes too; and a notice may be lost on the way


class Listener:
    """Listens on the connection of the thread it is used in."""

    def __init__(self) -> None:
        self._heard_by: Any = None
        self._version = -1

    def wait(self, stop: threading.Event) -> None:
        """Until something may have changed; half a second at most."""
        connection.ensure_connection()
        raw: Any = connection.connection
        if connection.vendor == "postgresql":
            self._hear(raw)
        else:
            self._look(raw, stop)

    def _hear(self, raw: Any) -> None:
        # As Django's own errors, so that a connection that was cut is opened anew.
        with connection.wrap_database_errors:
            if self._heard_by is not raw:  # a new connection has to ask to be told
                raw.execute(f"LISTEN {CHANNEL}")
                self._heard_by = raw
                return
            for _notice in raw.notifies(timeout=AT_LEAST_SECONDS, stop_after=1):
                pass

    def _look(self, raw: Any, stop: threading.Event) -> None:
        until = time.monotonic() + AT_LEAST_SECONDS
        while time.monotonic() < until and not stop.is_set():
            version = raw.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                self._version = version
                return
            stop.wait(LOOK_SECONDS)

    def close(self) -> None:
        connection.close()
