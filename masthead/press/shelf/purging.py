"""Purges: numbered by the main database, remembered, and applied in one step."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from masthead.press.shelf.changes import EVERYTHING, Place, note_changes
from masthead.press.shelf.ledger import Connection, set_setting, setting

# A print that began before a purge and ends after it must find that purge in the log.
KEEP_PURGES = 10_000
KEEP_SECONDS = 86_400
TRIM_EVERY = 500
EVERY_KEY = "*"
# 0 means fresh, so a page that is stale since 1970 is stale since a moment later.
EARLIEST = 0.001


class Gap(Exception):
    """A purge came too early; `expected` is the number that is missing."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"Purge {expected} has not been applied yet.")
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Purge:
    """
    number: 1, 2, 3 … in commit order, without holes.
    keys: pages that show one of them are stale; "*" is in every page.
    gone: pages that show one of them must not be read any more.
    at: seconds since 1970.
    """

    number: int
    keys: tuple[str, ...]
    gone: tuple[str, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Applied:
    """What a purge did. `places` are stale now, `gone` were taken off with their `files`."""

    number: int
    places: tuple[Place, ...] = ()
    gone: tuple[Place, ...] = ()
    files: tuple[str, ...] = ()
    is_repeated: bool = False


def applied(connection: Connection) -> int:
    return int(setting(connection, "applied"))


def mark(connection: Connection, purge: Purge) -> Applied:
    """Inside the caller's write transaction. Raises Gap."""
    last = applied(connection)
    if purge.number > last + 1:
        raise Gap(last + 1)
    if purge.number <= last:
        return Applied(purge.number, is_repeated=True)
    _remember(connection, purge)
    gone = _take_off(connection, purge)
    places = _make_stale(connection, purge)
    taken = tuple((host, target, variant) for host, target, variant, _ in gone)
    note_changes(connection, (*taken, *places))
    return Applied(purge.number, tuple(places), taken, tuple(row[3] for row in gone))


def mark_everything(connection: Connection, number: int, at: float) -> None:
    """What lies between the last number and this one is unknown: every page is stale."""
    if number <= applied(connection):
        return
    _remember(connection, Purge(number, (EVERY_KEY,), (), at))
    set_setting(connection, "log_from", str(number))
    connection.execute(
        "UPDATE page SET stale_since = ? WHERE stale_since = 0", (max(at, EARLIEST),)
    )
    note_changes(connection, [EVERYTHING])


def forget_purges(connection: Connection) -> None:
    """Inside the caller's write transaction, with no page left: numbers begin anew."""
    connection.execute("DELETE FROM purge")
    set_setting(connection, "applied", "0")
    set_setting(connection, "log_from", "0")
    for learned in ("hosts", "edition"):
        set_setting(connection, learned, "")


@dataclass(frozen=True, slots=True)
class Late:
    """How purges that a print could not see bear on it."""

    stale_since: float
    is_refused: bool


def late(connection: Connection, *, seen: int, keys: Sequence[str]) -> Late:
    """
    Inside the caller's write transaction.

    A print from before the log begins is refused: nobody knows whether it shows what is gone.
    """
    if seen < int(setting(connection, "log_from")):
        return Late(0.0, is_refused=True)
    shown = {EVERY_KEY, *keys}
    since = 0.0
    rows = connection.execute(
        "SELECT keys, gone, at FROM purge WHERE number > ? ORDER BY number", (seen,)
    )
    for purged, gone, at in rows:
        if not shown.isdisjoint(gone.split()):
            return Late(0.0, is_refused=True)
        if not since and not shown.isdisjoint(purged.split()):
            since = max(at, EARLIEST)
    return Late(since, is_refused=False)


def _remember(connection: Connection, purge: Purge) -> None:
    row = (purge.number, " ".join(purge.keys), " ".join(purge.gone), purge.at)
    connection.execute("INSERT INTO purge VALUES (?, ?, ?, ?)", row)
    set_setting(connection, "applied", str(purge.number))
    if purge.number % TRIM_EVERY == 0:
        _trim(connection, purge)


def _trim(connection: Connection, purge: Purge) -> None:
    last = connection.execute(
        "SELECT max(number) FROM purge WHERE number <= ? AND at < ?",
        (purge.number - KEEP_PURGES, purge.at - KEEP_SECONDS),
    ).fetchone()[0]
    if last is not None:
        connection.execute("DELETE FROM purge WHERE number <= ?", (last,))
        if last > int(setting(connection, "log_from")):
            set_setting(connection, "log_from", str(last))


# Both look rows up by key, then by their number: a purge that touches three pages of a hundred
# thousand reads three. A page that could see the purge shows what is right already.
TAKE_OFF = """
    DELETE FROM page WHERE seen < ?2 AND id IN (
        SELECT page FROM page_key WHERE key IN (SELECT value FROM json_each(?1)))
    RETURNING host, target, variant, file, id
"""
MAKE_STALE = """
    UPDATE page SET stale_since = ?3 WHERE stale_since = 0 AND seen < ?2 AND id IN (
        SELECT page FROM page_key WHERE key IN (SELECT value FROM json_each(?1)))
    RETURNING host, target, variant
"""
TAKE_ALL_OFF = "DELETE FROM page WHERE seen < ? RETURNING host, target, variant, file, id"
MAKE_ALL_STALE = """
    UPDATE page SET stale_since = ?2 WHERE stale_since = 0 AND seen < ?1
    RETURNING host, target, variant
"""


def _take_off(connection: Connection, purge: Purge) -> list[tuple[str, str, str, str]]:
    if not purge.gone:
        return []
    if EVERY_KEY in purge.gone:
        rows = connection.execute(TAKE_ALL_OFF, (purge.number,)).fetchall()
    else:
        rows = connection.execute(TAKE_OFF, (as_list(purge.gone), purge.number)).fetchall()
    forget_keys(connection, [row[4] for row in rows])
    return [(host, target, variant, file) for host, target, variant, file, _ in rows]


def _make_stale(connection: Connection, purge: Purge) -> list[Place]:
    at = max(purge.at, EARLIEST)
    if EVERY_KEY in purge.keys:
        rows = connection.execute(MAKE_ALL_STALE, (purge.number, at)).fetchall()
    else:
        rows = connection.execute(MAKE_STALE, (as_list(purge.keys), purge.number, at)).fetchall()
    return [(host, target, variant) for host, target, variant in rows]


def forget_keys(connection: Connection, pages: Iterable[int]) -> None:
    connection.executemany("DELETE FROM page_key WHERE page = ?", [(page,) for page in pages])


def as_list(keys: Iterable[str]) -> str:
    return json.dumps(list(keys))
