"""Every page on the shelf against its seal and its row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from masthead.press.shelf.changes import Place
from masthead.press.shelf.compressing import gzipped
from masthead.press.shelf.container import Page, Tampered, unpack
from masthead.press.shelf.files import load
from masthead.press.shelf.sweeping import rows

if TYPE_CHECKING:
    from masthead.press.shelf.shelf import Shelf

Row = tuple[Any, ...]
COLUMNS = "id, file, etag, status, seen, printed_at, fresh_until, bytes, for_all, mirrored"


@dataclass(frozen=True, slots=True)
class Fault:
    """because: a sentence for the operator."""

    host: str
    target: str
    variant: str
    file: str
    because: str


def verify(shelf: "Shelf") -> Iterator[Fault]:
    for place, name in rows(shelf):
        because = _fault(shelf, place)
        if because:
            yield Fault(*place, name, because)


def _fault(shelf: "Shelf", place: Place) -> str:
    """Row and file are read anew when somebody printed the page in between."""
    while True:
        row = _row(shelf, place)
        if row is None:
            return ""
        data = load(str(shelf.pages / row[1]))
        if data is not None or row == _row(shelf, place):
            break
    if data is None:
        return "The file is missing."
    try:
        page = unpack(data, secret=shelf.secret)
    except Tampered as error:
        return str(error)
    because = _against_row(shelf, place, page, row, len(data)) or _against_mirror(shelf, page, row)
    return because if because and row == _row(shelf, place) else ""


def _row(shelf: "Shelf", place: Place) -> Row | None:
    row: Row | None = (
        shelf.ledger.connection()
        .execute(
            f"SELECT {COLUMNS} FROM page WHERE host = ? AND target = ? AND variant = ?",  # noqa: S608 – our own columns
            place,
        )
        .fetchone()
    )
    return row


def _against_row(shelf: "Shelf", place: Place, page: Page, row: Row, size: int) -> str:
    if (page.host, page.target, page.variant) != place:
        return "The file holds another page."
    said = (
        page.etag,
        page.status,
        page.seen,
        page.printed_at,
        page.fresh_until,
        size,
        page.for_all,
    )
    if said != (*row[2:8], row[8] == 1):
        return "File and ledger tell different things."
    keys = shelf.ledger.connection().execute("SELECT key FROM page_key WHERE page = ?", (row[0],))
    return "" if {key for (key,) in keys} == set(page.keys) else "The ledger has other keys."


def _against_mirror(shelf: "Shelf", page: Page, row: Row) -> str:
    file = shelf.mirror.file(page.host, page.target) if row[9] else None
    # None: it was taken off just before a kill. The program has the page, a sweep the copy.
    if file is None or load(str(file)) in (None, gzipped(page.bodies)):
        return ""
    return "The copy in the mirror differs."
