"""
Reads that wait in the ledger until they are taken to the main database.

A door adds to the open ones, a few seconds' worth at a time. Who takes them seals them under a
name first, which is on the disk before anybody is told: told twice, the same batch is recognised.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from masthead.press.shelf.ledger import Connection, Ledger

_OPEN = ""  # the batch of those that are still added to

_ADD = """
    INSERT INTO read (batch, article, hour, reads) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET reads = reads + excluded.reads
"""


@dataclass(frozen=True)
class Batch:
    """reads: by public address of an article (its row's number) and hour since 1970."""

    name: str
    reads: Mapping[tuple[int, int], int]


def add_reads(connection: Connection, reads: Mapping[int, int], *, hour: int) -> None:
    rows = [(_OPEN, article, hour, count) for article, count in reads.items()]
    connection.executemany(_ADD, rows)


def find_batch(ledger: Ledger) -> Batch | None:
    """
    What is to be taken next; None: nothing was read.

    The same one again until `forget_batch`, whatever is read meanwhile.
    """
    connection = ledger.connection()
    row = connection.execute("SELECT max(batch) FROM read").fetchone()
    if row[0] is None:
        return None
    name = str(row[0]) or _seal(ledger)
    found = connection.execute("SELECT article, hour, reads FROM read WHERE batch = ?", (name,))
    return Batch(name, {(article, hour): reads for article, hour, reads in found.fetchall()})


def _seal(ledger: Ledger) -> str:
    name = uuid4().hex
    with ledger.writing() as connection:
        connection.execute("UPDATE read SET batch = ? WHERE batch = ?", (name, _OPEN))
    return name


def forget_batch(ledger: Ledger, name: str) -> None:
    """It has been taken."""
    with ledger.writing() as connection:
        connection.execute("DELETE FROM read WHERE batch = ?", (name,))
