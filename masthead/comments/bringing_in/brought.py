"""One comment of another system, before it is one of ours."""

from dataclasses import dataclass
from datetime import UTC, datetime

from masthead.comments.models import State


@dataclass(frozen=True)
class Brought:
    """
    id, parent: the other system's. link: the article's address there. state: what it was there.

    html: as it was written there, tags and all; only its words are taken over.
    """

    id: str
    parent: str
    link: str
    name: str
    email: str
    at: datetime
    html: str
    state: State


@dataclass(frozen=True)
class Bad:
    """
    A record that cannot be read. The others can.

    number: the how-manyth comment of the file; of JSON the how-manyth line or entry. why: what is
    wrong with it, for a person.
    """

    number: int
    why: str


class BadExport(Exception):
    """The file is not such an export; the text names the first thing that is wrong."""


class BadRecord(ValueError):
    """One comment of it makes no sense; the text says why."""


def moment(text: str) -> datetime:
    """
    From ISO 8601 or "2024-05-01 10:20:30", in UTC when nothing else is said. Raises BadRecord.
    """
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise BadRecord(f"“{text[:40]}” is no time.") from error
