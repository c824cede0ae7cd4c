"""The stand-in's books: every object as JSON in one SQLite file of its own."""

import json
import secrets
import sqlite3
import string
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from masthead.memberships.standin.errors import missing

Thing = dict[str, Any]
PRIVATE = "_standin"  # what only the stand-in itself knows of an object
_LETTERS = string.ascii_letters + string.digits
_SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL,
    customer TEXT, parent TEXT, due INTEGER, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS thing_of_customer ON thing (customer, kind);
CREATE INDEX IF NOT EXISTS thing_of_parent ON thing (parent, kind);
CREATE INDEX IF NOT EXISTS thing_of_kind ON thing (kind, seq);
CREATE INDEX IF NOT EXISTS thing_due ON thing (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS asked (
    key TEXT PRIMARY KEY, what TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, endpoint TEXT NOT NULL,
    due INTEGER, tries INTEGER NOT NULL DEFAULT 0, place REAL NOT NULL, lost INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS noted (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Books:
    """
    file: made when it is not there. clock: Unix seconds; `later` moves this one's clock on.

    Several threads and processes may use the same file.
    """

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        self.file = file
        self.clock = clock
        with closing(self._connect()) as made:
            made.execute("PRAGMA journal_mode=WAL")
            made.executescript(_SCHEMA)

    @contextmanager
    def writing(self, *, at: int | None = None) -> Iterator["Till"]:
        """One transaction; whatever is raised inside takes all of it back."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            till = Till(connection, self.clock, at)
            try:
                yield till
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, timeout=20, isolation_level=None)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection


class Till:
    """The books, open for one transaction at one moment (`now`, Unix seconds)."""

    def __init__(
        self, connection: sqlite3.Connection, clock: Callable[[], float], at: int | None
    ) -> None:
        self.rows = connection
        self.now = int(clock()) + int(self.noted("ahead", "0")) if at is None else at

    def add(self, prefix: str, kind: str, values: Thing, *, due: int | None = None) -> Thing:
        """A new object of this kind, with an id."""
        name = prefix + "".join(secrets.choice(_LETTERS) for _ in range(24))
        made: Thing = {"id": name, "object": kind, "created": self.now, "livemode": False, **values}
        self.rows.execute(
            "INSERT INTO thing (id, kind, customer, parent, due, body) VALUES (?, ?, ?, ?, ?, ?)",
            (name, kind, made.get("customer"), _parent(made), due, json.dumps(made)),
        )
        return made

    def save(self, thing: Thing, *, due: int | None = None) -> None:
        self.rows.execute(
            "UPDATE thing SET body = ?, customer = ?, parent = ?, due = ? WHERE id = ?",
            (json.dumps(thing), thing.get("customer"), _parent(thing), due, thing["id"]),
        )

    def find(self, name: str | None) -> Thing | None:
        row = self.rows.execute("SELECT body FROM thing WHERE id = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def get(self, kind: str, name: str | None) -> Thing:
        """Raises Refusal where there is none of that kind."""
        found = self.find(name)
        if found is None or found["object"] != kind:
            raise missing(kind, str(name))
        return found

    def all(self, kind: str, *, customer: str = "", parent: str = "") -> list[Thing]:
        """The newest first."""
        where, values = "kind = ?", [kind]
        for column, value in (("customer", customer), ("parent", parent)):
            if value:
                where, values = f"{where} AND {column} = ?", [*values, value]
        asked = f"SELECT body FROM thing WHERE {where} ORDER BY seq DESC"  # noqa: S608  # no input
        return [json.loads(row[0]) for row in self.rows.execute(asked, values)]

    def noted(self, name: str, otherwise: str) -> str:
        row = self.rows.execute("SELECT value FROM noted WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else otherwise

    def note(self, name: str, value: str) -> None:
        self.rows.execute("INSERT OR REPLACE INTO noted VALUES (?, ?)", (name, value))


def _parent(thing: Thing) -> str | None:
    """What lists are asked by beside the customer."""
    if thing["object"] == "invoice":
        details = (thing.get("parent") or {}).get("subscription_details") or {}
        return details.get("subscription")
    return thing.get("subscription") or thing.get("payment_intent") or thing.get("product")


def private(thing: Thing) -> Thing:
    found: Thing = thing.setdefault(PRIVATE, {})
    return found


def shown(thing: Any) -> Any:
    """As the interface gives it: without what only the stand-in knows."""
    if isinstance(thing, dict):
        return {name: shown(value) for name, value in thing.items() if name != PRIVATE}
    if isinstance(thing, list):
        return [shown(each) for each in thing]
    return thing
