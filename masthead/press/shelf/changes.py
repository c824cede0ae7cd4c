"""The change log: what a door that keeps pages in memory has to look at again."""

from collections.abc import Iterable

from masthead.press.shelf.ledger import Connection

# A door asks every 10 ms; one that was away for more than this forgets everything.
MOST_KEPT = 50_000
# More changes than this at once are one line: everything.
MOST_AT_ONCE = 5_000

Place = tuple[str, str, str]
PUBLIC = "public"  # the class of readers of whom nothing is known
EVERYTHING: Place = ("", "", "")


def note_changes(connection: Connection, places: Iterable[Place]) -> None:
    """(host, target, variant) each; an empty variant: the address itself, in all variants."""
    listed = list(places)
    if len(listed) > MOST_AT_ONCE:
        listed = [EVERYTHING]
    if not listed:
        return
    connection.executemany(
        "INSERT INTO change (host, target, variant) VALUES (?, ?, ?)",
        listed,
    )
    connection.execute(
        "DELETE FROM change WHERE number <= (SELECT max(number) FROM change) - ?", (MOST_KEPT,)
    )


def changes_since(connection: Connection, number: int) -> tuple[int, list[Place] | None]:
    """
    The newest number, and what changed after `number`, oldest first.

    None instead of a list: the log does not reach back to it, or everything changed.
    """
    rows = connection.execute(
        "SELECT number, host, target, variant FROM change WHERE number > ? ORDER BY number",
        (number,),
    ).fetchall()
    if not rows:
        newest = _newest(connection)
        return newest, [] if newest == number else None
    places = [(host, target, variant) for _, host, target, variant in rows]
    complete = rows[0][0] == number + 1 and EVERYTHING not in places
    return rows[-1][0], places if complete else None


def _newest(connection: Connection) -> int:
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchone()
    return 0 if row is None else int(row[0])
