"""Which addresses and hosts there are, known without asking the main database."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice

from masthead.press.shelf.changes import EVERYTHING, note_changes
from masthead.press.shelf.ledger import Connection, Ledger, set_setting, setting

PAGE, APP, MOVED = "page", "app", "moved"
# A write transaction of this many rows takes some 20 ms, so others need not wait for an archive.
ROWS_AT_ONCE = 1_000
# Nothing published lies deeper; a made-up address with ten thousand slashes costs no more.
MOST_ANCESTORS = 32


@dataclass(frozen=True, slots=True)
class Address:
    """
    kind: "page" is printed, "app" is the program's, "moved" leads to `location`.
    path: decoded, as in a page's target. params: names that make another page, in order.
    below: a moved address takes everything below it along.
    """

    host: str
    path: str
    kind: str
    params: tuple[str, ...] = ()
    location: str = ""
    below: bool = False


# What may stand behind the question mark of a page that is not in the ledger.
ASKED_PARAMS = ("before", "after")
NOT_FOUND = "!404"  # before an outlet's prefix: the target of the page for what is not there


@dataclass(frozen=True, slots=True)
class HostTable:
    """
    One canonical host.

    complete: an address that is not in the ledger does not exist.
    to_app: prefixes of paths that are the program's. outlets: prefixes with a "!404" page.
    asked: prefixes of pages that are not in the ledger and are printed when somebody asks.
    crawlers: of outlets, the prefix and which search engines read its members' articles.
    """

    complete: bool = False
    to_app: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    crawlers: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def not_found(self) -> list[str]:
        """Targets of the pages for what is not there."""
        return [NOT_FOUND + prefix for prefix in self.outlets]


@dataclass(frozen=True, slots=True)
class Hosts:
    """
    canonical: raw host without port to canonical host; a canonical one names itself.
    complete: a host that is not here is none of ours.
    """

    canonical: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, HostTable] = field(default_factory=dict)
    complete: bool = False


def find_address(connection: Connection, host: str, path: str) -> Address | None:
    row = connection.execute(
        "SELECT kind, params, location, below FROM address WHERE host = ? AND path = ?",
        (host, path),
    ).fetchone()
    if row is None:
        return None
    kind, params, location, below = row
    return Address(host, path, kind, tuple(params.split()), location, below == 1)


def find_moved_above(connection: Connection, host: str, path: str) -> Address | None:
    parts = path.split("/", MOST_ANCESTORS + 1)[1:-1]
    above = ["/" + "/".join(parts[:depth]) + "/" for depth in range(len(parts), 0, -1)]
    row = connection.execute(
        "SELECT path, params, location FROM address WHERE host = ? AND kind = 'moved' AND below"
        " AND path <> ? AND path IN (SELECT value FROM json_each(?)) ORDER BY length(path) DESC",
        (host, path, json.dumps(["/", *above])),
    ).fetchone()
    if row is None:
        return None
    return Address(host, row[0], MOVED, tuple(row[1].split()), row[2], below=True)


# Only what differs is written, and told to the doors.
SET = """
    INSERT INTO address VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET kind = excluded.kind, params = excluded.params,
        location = excluded.location, below = excluded.below
    WHERE kind <> excluded.kind OR params <> excluded.params OR location <> excluded.location
        OR below <> excluded.below
    RETURNING path
"""


def set_addresses(ledger: Ledger, host: str, rows: Iterable[Address]) -> int:
    """Add or change; how many differed. Not one transaction when there are many."""
    changed, left = 0, iter(rows)
    while batch := list(islice(left, ROWS_AT_ONCE)):
        with ledger.writing() as connection:
            found = [path for row in batch for path in _set(connection, host, row)]
            note_changes(connection, [(host, path, "") for path in found])
        changed += len(found)
    return changed


def _set(connection: Connection, host: str, row: Address) -> list[str]:
    values = (host, row.path, row.kind, " ".join(row.params), row.location, int(row.below))
    return [path for (path,) in connection.execute(SET, values).fetchall()]


def remove_addresses(ledger: Ledger, host: str, paths: Iterable[str]) -> None:
    left = iter(paths)
    while batch := list(islice(left, ROWS_AT_ONCE)):
        with ledger.writing() as connection:
            connection.executemany(
                "DELETE FROM address WHERE host = ? AND path = ?", [(host, path) for path in batch]
            )
            note_changes(connection, [(host, path, "") for path in batch])


def all_addresses(ledger: Ledger, host: str) -> Iterator[Address]:
    """By path. Read a thousand at a time, so a slow reader holds nothing up."""
    after = ""
    while True:
        rows = (
            ledger.connection()
            .execute(
                "SELECT path, kind, params, location, below FROM address"
                " WHERE host = ? AND path > ? ORDER BY path LIMIT ?",
                (host, after, ROWS_AT_ONCE),
            )
            .fetchall()
        )
        if not rows:
            return
        for path, kind, params, location, below in rows:
            yield Address(host, path, kind, tuple(params.split()), location, below == 1)
        after = rows[-1][0]


MISSING = """
    SELECT path FROM address WHERE host = ?1 AND path > ?2 AND kind = 'page' AND NOT EXISTS (
        SELECT 1 FROM page WHERE host = ?1 AND target = address.path AND variant = ?3)
    ORDER BY path LIMIT ?4
"""


def missing(
    connection: Connection, host: str, variant: str, *, most: int, after: str = ""
) -> list[str]:
    """Paths of pages that are not on the shelf, in order; `after`: the last one handed out."""
    rows = connection.execute(MISSING, (host, after, variant, most)).fetchall()
    return [path for (path,) in rows]


def write_hosts(ledger: Ledger, hosts: Hosts) -> None:
    with ledger.writing() as connection:
        text = json.dumps(asdict(hosts), sort_keys=True)
        if text != setting(connection, "hosts"):
            set_setting(connection, "hosts", text)
            note_changes(connection, [EVERYTHING])


def read_hosts(text: str) -> Hosts:
    if not text:
        return Hosts()
    about = json.loads(text)
    tables = {
        host: HostTable(
            table["complete"],
            tuple(table["to_app"]),
            tuple(table["outlets"]),
            tuple(table.get("asked", ())),
            tuple((prefix, tuple(names)) for prefix, names in table.get("crawlers", ())),
        )
        for host, table in about["tables"].items()
    }
    return Hosts(about["canonical"], tables, about["complete"])
