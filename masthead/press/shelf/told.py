"""Readers whose class became another: what the doors of this machine are told of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from masthead.press.shelf.ledger import Connection, Ledger

EVERYBODY = ""  # in place of a reader: whatever cookie was given before `until` is worth nothing


@dataclass(frozen=True, slots=True)
class Told:
    """
    reader: as the cookies name them. until: up to when that is known (Unix seconds); a cookie given
    later knows better. forget_at: from then on no older cookie is good by itself.
    """

    reader: str
    variant: str
    until: float
    forget_at: float


def tell(ledger: Ledger, told: Iterable[Told], *, now: float) -> None:
    """Lasting when it returns. What is to be forgotten goes with the same commit."""
    with ledger.writing() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO reader_class (reader, variant, until, forget_at)"
            " VALUES (?, ?, ?, ?)",
            [(each.reader, each.variant, each.until, each.forget_at) for each in told],
        )
        connection.execute("DELETE FROM reader_class WHERE forget_at < ?", (now,))


def told_since(connection: Connection, number: int) -> tuple[int, list[Told]]:
    """The newest number, and what was told after `number`, oldest first."""
    rows = connection.execute(
        "SELECT number, reader, variant, until, forget_at FROM reader_class WHERE number > ?"
        " ORDER BY number",
        (number,),
    ).fetchall()
    return rows[-1][0] if rows else number, [Told(*row[1:]) for row in rows]
