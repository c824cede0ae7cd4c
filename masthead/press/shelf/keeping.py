"""What the keeper does to the ledger: time, use and room."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from masthead.press.shelf.changes import EVERYTHING, Place, note_changes
from masthead.press.shelf.ledger import Connection
from masthead.press.shelf.purging import EVERY_KEY, as_list, forget_keys

# One write transaction; some 10 ms.
EVICT_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class State:
    """A page's row. stale_since is 0.0 while it is fresh; times are seconds since 1970."""

    etag: str
    status: int
    stale_since: float
    fresh_until: float | None
    bytes: int
    printed_at: float
    for_all: bool

    def is_fresh(self, at: float) -> bool:
        return not self.stale_since and (self.fresh_until is None or at < self.fresh_until)


@dataclass(frozen=True, slots=True)
class Stale:
    host: str
    target: str
    variant: str
    since: float
    uses: int


def find_state(connection: Connection, host: str, target: str, variant: str) -> State | None:
    row = connection.execute(
        "SELECT etag, status, stale_since, fresh_until, bytes, printed_at, for_all FROM page"
        " WHERE host = ? AND target = ? AND variant = ?",
        (host, target, variant),
    ).fetchone()
    if row is None:
        return None
    etag, status, stale_since, fresh_until, size, printed_at, for_all = row
    return State(etag, status, stale_since, fresh_until, size, printed_at, for_all == 1)


def find_stale_since(connection: Connection, place: Place, file: str) -> float | None:
    row = connection.execute(
        "SELECT stale_since FROM page WHERE host = ? AND target = ? AND variant = ? AND file = ?",
        (*place, file),
    ).fetchone()
    return None if row is None else float(row[0])


# One statement for all: between two the thread that notes would wait for the one that serves, and
# keep it waiting, each time.
NOTE_USED = """
    WITH read AS (
        SELECT value ->> 0 AS host, value ->> 1 AS target, value ->> 2 AS variant,
            value ->> 3 AS times
        FROM json_each(?1)
    )
    UPDATE page SET uses = uses + read.times, used_at = max(used_at, ?2)
    FROM read
    WHERE page.host = read.host AND page.target = read.target AND page.variant = read.variant
"""


def note_used(connection: Connection, uses: Mapping[Place, int], at: float) -> None:
    rows = [(*place, count) for place, count in uses.items()]
    connection.execute(NOTE_USED, (json.dumps(rows), at))


EXPIRE = """
    UPDATE page SET stale_since = max(fresh_until, 0.001)
    WHERE fresh_until IS NOT NULL AND stale_since = 0 AND fresh_until <= ?
    RETURNING host, target, variant
"""


def is_any_due(connection: Connection, at: float) -> bool:
    row = connection.execute(
        "SELECT 1 FROM page WHERE fresh_until IS NOT NULL AND stale_since = 0 AND fresh_until <= ?"
        " LIMIT 1",
        (at,),
    ).fetchone()
    return row is not None


def expire(connection: Connection, at: float) -> int:
    rows = connection.execute(EXPIRE, (at,)).fetchall()
    note_changes(connection, rows)
    return len(rows)


def doubt_everything(connection: Connection, at: float) -> None:
    """Another edition of the program prints every page anew; readers have the old ones till then"""
    connection.execute("UPDATE page SET stale_since = ? WHERE stale_since = 0", (at,))
    note_changes(connection, [EVERYTHING])


STALE = """
    SELECT host, target, variant, stale_since, uses FROM page WHERE stale_since > 0
    ORDER BY uses DESC, stale_since LIMIT ?
"""


def find_stale(connection: Connection, most: int) -> list[Stale]:
    return [Stale(*row) for row in connection.execute(STALE, (most,)).fetchall()]


SHOWING = """
    SELECT host, target, variant FROM page WHERE id IN (
        SELECT page FROM page_key WHERE key IN (SELECT value FROM json_each(?)))
    ORDER BY used_at DESC, id LIMIT ?
"""
SHOWING_ANYTHING = "SELECT host, target, variant FROM page ORDER BY used_at DESC LIMIT ?"


def find_showing(connection: Connection, keys: Iterable[str], most: int) -> list[Place]:
    wanted = list(keys)
    if EVERY_KEY in wanted:
        rows = connection.execute(SHOWING_ANYTHING, (most,)).fetchall()
    else:
        rows = connection.execute(SHOWING, (as_list(wanted), most)).fetchall()
    return [(host, target, variant) for host, target, variant in rows]


TOTAL = "SELECT coalesce(sum(bytes), 0) FROM page"
OLDEST = """
    SELECT id, host, target, variant, file, bytes FROM page ORDER BY used_at LIMIT ?
"""


def total_bytes(connection: Connection) -> int:
    return int(connection.execute(TOTAL).fetchone()[0])


def counts(connection: Connection) -> dict[str, int]:
    """For people; reads every row's entry in an index."""
    pages = connection.execute("SELECT count(*) FROM page").fetchone()[0]
    stale = connection.execute("SELECT count(*) FROM page WHERE stale_since > 0").fetchone()[0]
    addresses = connection.execute("SELECT count(*) FROM address").fetchone()[0]
    return {
        "pages": pages,
        "stale": stale,
        "bytes": total_bytes(connection),
        "addresses": addresses,
    }


@dataclass(frozen=True, slots=True)
class Dropped:
    place: Place
    file: str
    bytes: int


def drop_oldest(connection: Connection, *, most_bytes: int) -> list[Dropped]:
    """Those least recently used until the rest fits; EVICT_AT_ONCE at most."""
    over = total_bytes(connection) - most_bytes
    if over <= 0:
        return []
    rows = connection.execute(OLDEST, (EVICT_AT_ONCE,)).fetchall()
    chosen = []
    for row in rows:
        if over <= 0:
            break
        chosen.append(row)
        over -= row[5]
    return _delete(connection, chosen)


def drop_everything(connection: Connection) -> list[Dropped]:
    """Pages, and the addresses that might not be any more."""
    rows = connection.execute("SELECT id, host, target, variant, file, bytes FROM page").fetchall()
    connection.execute("DELETE FROM address")
    dropped = _delete(connection, rows)
    note_changes(connection, [EVERYTHING])
    return dropped


def drop_place(connection: Connection, place: Place, *, file: str | None = None) -> list[Dropped]:
    """file: only while the row names this one."""
    rows = connection.execute(
        "SELECT id, host, target, variant, file, bytes FROM page"
        " WHERE host = ? AND target = ? AND variant = ?",
        place,
    ).fetchall()
    return _delete(connection, [row for row in rows if file in (None, row[4])])


def _delete(
    connection: Connection, rows: list[tuple[int, str, str, str, str, int]]
) -> list[Dropped]:
    numbers = [row[0] for row in rows]
    connection.executemany("DELETE FROM page WHERE id = ?", [(number,) for number in numbers])
    forget_keys(connection, numbers)
    dropped = [
        Dropped((host, target, variant), file, size)
        for _, host, target, variant, file, size in rows
    ]
    note_changes(connection, [each.place for each in dropped])
    return dropped
