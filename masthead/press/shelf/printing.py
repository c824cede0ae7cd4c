"""A printed page gets its place in the ledger."""

from dataclasses import dataclass

from masthead.press.shelf.changes import PUBLIC, note_changes
from masthead.press.shelf.compressing import is_complete
from masthead.press.shelf.container import Page
from masthead.press.shelf.ledger import Connection
from masthead.press.shelf.purging import forget_keys, late


@dataclass(frozen=True, slots=True)
class Entered:
    """replaced: files of prints before, which nobody needs any more."""

    is_shelved: bool
    replaced: tuple[str, ...] = ()


REFUSED = Entered(is_shelved=False)
UPSERT = """
    INSERT INTO page (host, target, variant, file, etag, status, seen, printed_at, fresh_until,
                      stale_since, bytes, used_at, mirrored, for_all, packed)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?8, ?12, ?13, ?14)
    ON CONFLICT (host, target, variant) DO UPDATE SET
        file = ?4, etag = ?5, status = ?6, seen = ?7, printed_at = ?8, fresh_until = ?9,
        stale_since = ?10, bytes = ?11, mirrored = ?12, for_all = ?13, packed = ?14
    RETURNING id
"""
FOR_ALL = """
    SELECT seen, printed_at FROM page
    WHERE host = ? AND target = ? AND variant = 'public' AND for_all = 1
"""
# What another class was given before one print was right for all of them.
OF_CLASSES = """
    DELETE FROM page WHERE host = ?1 AND target = ?2 AND variant <> ?3
        AND (seen, printed_at) <= (?4, ?5)
    RETURNING id, variant, file
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
    if page.variant != PUBLIC and _is_for_all_since(connection, page):
        return REFUSED
    purges = late(connection, seen=page.seen, keys=page.keys)
    if purges.is_refused:
        return REFUSED
    values = (
        *(page.host, page.target, page.variant, file, page.etag, page.status, page.seen),
        *(page.printed_at, page.fresh_until, purges.stale_since, size, int(mirrored)),
        *(int(page.for_all), int(is_complete(page.bodies))),
    )
    number = connection.execute(UPSERT, values).fetchone()[0]
    _enter_keys(connection, number, set(page.keys), is_new=before is None)
    note_changes(connection, [(page.host, page.target, page.variant)])
    replaced: tuple[str, ...] = () if before is None else (before[3],)
    if page.for_all:
        replaced += _take_off_of_classes(connection, page)
    return Entered(is_shelved=True, replaced=replaced)


def _is_for_all_since(connection: Connection, page: Page) -> bool:
    """Whether the public's newer print is right for this class, too."""
    row = connection.execute(FOR_ALL, (page.host, page.target)).fetchone()
    return row is not None and row > (page.seen, page.printed_at)


def _take_off_of_classes(connection: Connection, page: Page) -> tuple[str, ...]:
    given = (page.host, page.target, page.variant, page.seen, page.printed_at)
    rows = connection.execute(OF_CLASSES, given).fetchall()
    forget_keys(connection, [number for number, _, _ in rows])
    note_changes(connection, [(page.host, page.target, variant) for _, variant, _ in rows])
    return tuple(file for _, _, file in rows)


def _enter_keys(connection: Connection, number: int, keys: set[str], *, is_new: bool) -> None:
    known: set[str] = set()
    if not is_new:
        rows = connection.execute("SELECT key FROM page_key WHERE page = ?", (number,)).fetchall()
        known = {key for (key,) in rows}
        connection.executemany(
            "DELETE FROM page_key WHERE key = ? AND page = ?",
            [(key, number) for key in known - keys],
        )
    connection.executemany(
        "INSERT INTO page_key VALUES (?, ?)", [(key, number) for key in sorted(keys - known)]
    )
