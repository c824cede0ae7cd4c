"""Encodings that are made when nobody waits: a reader's first print has gzip alone."""

from dataclasses import replace
from typing import TYPE_CHECKING

from masthead.press.shelf.changes import Place, note_changes
from masthead.press.shelf.compressing import compress, identity
from masthead.press.shelf.container import pack
from masthead.press.shelf.files import page_name, write_whole
from masthead.press.shelf.ledger import Connection

if TYPE_CHECKING:
    from masthead.press.shelf.shelf import Shelf

UNPACKED = "SELECT host, target, variant, file FROM page WHERE packed = 0 ORDER BY id LIMIT ?"
REPLACE = """
    UPDATE page SET file = ?, bytes = ?, packed = 1
    WHERE host = ? AND target = ? AND variant = ? AND file = ?
    RETURNING id
"""


def pack_some(shelf: "Shelf", *, most: int) -> int:
    """How many were looked at; none is looked at twice, unless it was printed anew."""
    rows = shelf.ledger.connection().execute(UNPACKED, (most,)).fetchall()
    for host, target, variant, name in rows:
        _pack(shelf, (host, target, variant), name)
    return len(rows)


def _pack(shelf: "Shelf", place: Place, name: str) -> None:
    """The same page in a container of its own, unless another print is there by then."""
    page = shelf.read(*place)
    if page is None:
        return
    whole = replace(page, bodies=compress(identity(page.bodies)))
    data, new = pack(whole, secret=shelf.secret), page_name(*place)
    write_whole(shelf.pages / new, data)
    try:
        with shelf.ledger.writing() as connection:
            is_current = _enter(connection, place, name, new, len(data))
    except Exception:
        (shelf.pages / new).unlink(missing_ok=True)
        raise
    (shelf.pages / (name if is_current else new)).unlink(missing_ok=True)


def _enter(connection: Connection, place: Place, name: str, new: str, size: int) -> bool:
    row = connection.execute(REPLACE, (new, size, *place, name)).fetchone()
    if row is not None:
        note_changes(connection, [place])
    return row is not None
