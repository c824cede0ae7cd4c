"""
What was read of an export and is not in the network yet, on disk but in no database of ours.

All of it is read before anything is taken over: an answer may stand before what it answers, and
threads need not stand in one piece. SQLite throws the file away when the program ends, however it
ends, so nothing of it is ever left behind.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from masthead.comments.models import State

_TABLE = """
create table waiting (
    number integer primary key, place integer, id text unique, parent text, name text, email text,
    at text, text text, state text
);
create index of_a_place on waiting (place, number);
"""


@dataclass(frozen=True)
class Waiting:
    """id, parent: the other system's. text: its words, tidied, never empty."""

    id: str
    parent: str
    name: str
    email: str
    at: datetime
    text: str
    state: State


class Spool:
    """Comments by the place they belong to, in the order of the file. For use in a `with`."""

    def __enter__(self) -> "Spool":
        self._kept = sqlite3.connect("")  # without a name: a file that nobody else can find
        self._kept.executescript(_TABLE)
        return self

    def __exit__(self, *_failure: object) -> None:
        self._kept.close()

    def add(self, place: int, each: Waiting) -> bool:
        """False: another of this id is here already, which stays."""
        row = (place, each.id, each.parent, each.name, each.email, each.at.isoformat(), each.text)
        words = "insert or ignore into waiting values (null, ?, ?, ?, ?, ?, ?, ?, ?)"
        return self._kept.execute(words, (*row, str(each.state))).rowcount == 1

    def places(self) -> list[int]:
        found = self._kept.execute("select distinct place from waiting order by place")
        return [place for (place,) in found]

    def of(self, place: int) -> Iterator[Waiting]:
        columns = "id, parent, name, email, at, text, state"
        found = self._kept.execute(
            f"select {columns} from waiting where place = ? order by number",  # noqa: S608 - ours
            (place,),
        )
        for number, parent, name, email, at, text, state in found:
            moment = datetime.fromisoformat(at)
            yield Waiting(number, parent, name, email, moment, text, State(state))
