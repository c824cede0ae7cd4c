"""A printed page gets its place in the ledger."""

from dataclasses import dataclass

from masthead.press.shelf.changes import note_changes
from masthead.press.shelf.container import Page
from masthead.press.shelf.ledger import Connection
from masthead.press.shelf.purging import late


@dataclass(frozen=True, slots=True)
class Entered:
    """replaced: the file of the print before, which nobody needs any more."""

    is_shelved: bool
    replaced: str | None = None


REFUSED = Entered(is_shelved=False)
UPSERT = """
    INSERT INTO page (host, target, variant, file, etag, status, seen, printed_at, fresh_until,
                      stale_since, bytes, used_at, mirrored)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?8, ?12)
    ON CONFLICT (host, target, variant) DO UPDATE SET
        file = ?4, etag = ?5, status = ?6, seen = ?7, printed_at = ?8, fresh_until = ?9,
        stale_since = ?10, bytes = ?11, mirrored = ?12
    RETURNING id
"""


def enter(connection: Connection, page: Page, *, file: str, size: int, mirrored: bool) -> Entered:
    """
    Row, keys and change; inside the caller's write transaction, the file being on the disk.

    mirrored: there is nothing to do about it in the mirror.
    """
    before = connection.execute(
        "SELECT id, seen, printed_at, file FROM page WHERE host = ? AND target = ? AND variant = ?",
        (page.host, page.target, page.variant),
    ).fetchone()
    if before is not None and (before[1], before[2]) > (page.seen, page.printed_at):
        return REFUSED
    purges = late(connection, seen=page.seen, keys=page.keys)
    if purges.is_refused:
        return REFUSED
    values = (
        *(page.host, page.target, page.variant, file, page.etag, page.status, page.seen),
        *(page.printed_at, page.fresh_until, purges.stale_since, size, int(mirrored)),
    )
    number = connection.execute(UPSERT, values).fetchone()[0]
    _enter_keys(connection, number, set(page.keys))
    note_changes(connection, [(page.host, page.target, page.variant)])
    return Entered(is_shelved=True, replaced=None if before is None else before[3])


def _enter_keys(connection: Connection, number: int, keys: set[str]) -> None:
    rows = connection.execute("SELECT key FROM page_key WHERE page = ?", (number,)).fetchall()
    known = {key for (key,) in rows}
    connection.executemany(
        "DELETE FROM page_key WHERE key = ? AND page = ?",
        [(key, number) for key in known - keys],
    )
    connection.executemany(
        "INSERT INTO page_key VALUES (?, ?)", [(key, number) for key in sorted(keys - known)]
    )
