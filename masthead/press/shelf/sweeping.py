"""What a killed process leaves behind: files without a row, rows without a file."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.press.shelf.files import TEMPORARY

if TYPE_CHECKING:
    from masthead.press.shelf.shelf import Shelf

# A file younger than this may belong to a print that is just being entered.
SETTLED_SECONDS = 600
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Swept:
    temporary: int
    without_row: int
    without_file: int
    mirrored: int


def sweep(shelf: "Shelf") -> Swept:
    before = time.time() - SETTLED_SECONDS
    temporary, files = [], {}
    for file in _files(shelf.pages, before):
        if file.name.startswith(TEMPORARY):
            temporary.append(file)
        else:
            files[str(file.relative_to(shelf.pages))] = file
    temporary += shelf.mirror.leftovers(before=before)
    # The rows are read after the files: whatever lay there without one never gets one any more.
    without_file = 0
    for place, name in rows(shelf):
        if files.pop(name, None) is None and not (shelf.pages / name).exists():
            # Unless the page was printed anew meanwhile.
            without_file += shelf.take_off(place, file=name)
    for file in (*temporary, *files.values()):
        file.unlink(missing_ok=True)
    return Swept(len(temporary), len(files), without_file, _finish_mirror(shelf))


def rows(shelf: "Shelf") -> Iterator[tuple[tuple[str, str, str], str]]:
    """Place and container of every page, a few hundred at a time."""
    last = 0
    while True:
        found = (
            shelf.ledger.connection()
            .execute(
                "SELECT id, host, target, variant, file FROM page WHERE id > ? ORDER BY id LIMIT ?",
                (last, ROWS_AT_ONCE),
            )
            .fetchall()
        )
        if not found:
            return
        for number, host, target, variant, name in found:
            yield (host, target, variant), name
            last = number


def _files(folder: Path, before: float) -> Iterator[Path]:
    for inside in os.scandir(folder):
        for entry in os.scandir(inside.path) if inside.is_dir() else ():
            try:
                if entry.stat().st_mtime < before:
                    yield Path(entry.path)
            except FileNotFoundError:
                continue


WAITING = "SELECT host, target, file FROM page WHERE mirrored = 0 AND variant = 'public'"
COPIED = "SELECT host, target, file FROM page WHERE mirrored = 1 AND variant = 'public'"


def mend_mirror(shelf: "Shelf") -> int:
    """Write the copies that are still to be written."""
    if not shelf.mirror.is_on:
        return 0
    return sum(_copied(shelf, *row) for row in _all(shelf, WAITING))


def _finish_mirror(shelf: "Shelf") -> int:
    """Those, and the ones that were taken off by an eviction that was killed before its end."""
    if not shelf.mirror.is_on:
        return 0
    lost = 0
    for host, target, name in _all(shelf, COPIED):
        file = shelf.mirror.file(host, target)
        if file is not None and not file.exists():
            lost += _copied(shelf, host, target, name)
    return lost + mend_mirror(shelf)


def _all(shelf: "Shelf", sql: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = shelf.ledger.connection().execute(sql).fetchall()
    return found


def _copied(shelf: "Shelf", host: str, target: str, name: str) -> bool:
    page = shelf.read(host, target, "public")
    if page is None or not shelf.mirror.takes(page):
        return False
    return shelf.mirror.write(shelf.ledger, page, name=name)
