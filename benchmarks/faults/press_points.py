"""Further points to be killed at: statements to the shelf's ledger, and its files."""

import os
import sys
from typing import Any

from benchmarks.faults.kill_points import Reach
from masthead.press.own_shelf import own_shelf

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def watch_shelf(reach: Reach) -> None:
    """
    Before each statement (BEGIN and COMMIT too), before each file is opened for writing, made or
    removed, and in the middle of each write. Syncs and renames are watched already.

    For the rest of this process, which is a child that will not be used again.
    """
    shelf = own_shelf()
    shelf.ledger.connection().set_trace_callback(lambda sql: reach(f"ledger: {_begin(sql)}"))
    folder = str(shelf.folder)

    def heard(event: str, given: tuple[Any, ...]) -> None:
        if event not in {"open", "os.remove", "os.mkdir"} or not given:
            return
        if not str(given[0]).startswith(folder):
            return
        if event != "open" or given[2] & WRITING:
            reach(f"before {event.removeprefix('os.')}")

    sys.addaudithook(heard)
    _tear_writes(reach)


def _begin(sql: str) -> str:
    return " ".join(sql.split()[:3])


def _tear_writes(reach: Reach) -> None:
    opened = os.fdopen

    def torn(handle: int, mode: str = "r", *more: Any, **options: Any) -> Any:
        file = opened(handle, mode, *more, **options)
        return _Torn(file, reach) if "b" in mode and "w" in mode else file

    os.fdopen = torn


class _Torn:
    """A file that is written in two halves."""

    def __init__(self, file: Any, reach: Reach) -> None:
        self._file, self._reach = file, reach

    def __enter__(self) -> "_Torn":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        half = len(data) // 2
        self._file.write(data[:half])
        self._file.flush()
        self._reach("half written")
        self._file.write(data[half:])
        return len(data)
