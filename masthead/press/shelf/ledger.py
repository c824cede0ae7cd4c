"""The ledger: which pages are on the shelf. Shared by every process of the machine."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# The carried SQLite: older ones corrupt a WAL with two writers.
from pysqlite3 import dbapi2 as sqlite

from masthead.press.shelf.schema import SCHEMA, UPGRADES, VERSION

__all__ = ["AnotherRelease", "Connection", "Ledger", "set_setting", "setting", "sqlite"]

BUSY_SECONDS = 5
# FULL: a purge that was answered is still there after power loss. Reading goes through the
# machine's file cache (mmap), which all processes share.
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA synchronous = FULL",
    "PRAGMA mmap_size = 67108864",
    "PRAGMA cache_size = -1000",
    "PRAGMA temp_store = MEMORY",
)

Connection = Any


class AnotherRelease(Exception):
    """The ledger was made by another release of the program."""


class Ledger:
    """One connection per thread and process, opened when first asked for."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()
        # Closing a connection that came over a fork would act on the parent's files.
        self._inherited: list[Connection] = []
        self._prepare()

    def connection(self) -> Connection:
        local = self._local
        if getattr(local, "pid", None) != os.getpid():
            if hasattr(local, "connection"):
                self._inherited.append(local.connection)
            local.connection = self._open()
            local.pid = os.getpid()
        return local.connection

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[Connection]:
        """
        One write transaction; other writers wait for up to BUSY_SECONDS.

        lasting: on the disk when this returns. False: with the next one that is, at the latest; a
        power cut until then takes it back whole.
        """
        connection = self.connection()
        if not lasting:
            connection.execute("PRAGMA synchronous = NORMAL")
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            if not lasting:
                connection.execute("PRAGMA synchronous = FULL")

    def close(self) -> None:
        """This thread's connection; the next call opens another."""
        if getattr(self._local, "pid", None) == os.getpid():
            self._local.connection.close()
            del self._local.connection, self._local.pid

    def _open(self) -> Connection:
        connection = sqlite.connect(str(self.file), isolation_level=None, cached_statements=64)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    def _prepare(self) -> None:
        """Two processes may come first at once; WAL cannot be switched on twice at a time."""
        with self.file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection = self.connection()
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
                # One script: `executescript` would commit before it.
                connection.executescript(
                    f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"
                )
            elif version in UPGRADES:
                steps = "".join(UPGRADES[each] for each in range(version, VERSION))
                connection.executescript(
                    f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {VERSION}; COMMIT;"
                )
            elif version != VERSION:
                raise AnotherRelease(
                    f"{self.file} is of another release. Remove its folder; pages are printed anew."
                )
        self.close()


def setting(connection: Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def set_setting(connection: Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        (name, value),
    )
