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


class BadExport(Exception):
    """The file is not such an export; the text names the first thing that is wrong."""


def moment(text: str) -> datetime:
    """From ISO 8601 or "2024-05-01 10:20:30", in UTC when nothing else is said."""
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
    except ValueError as error:
        raise BadExport(f"“{text[:40]}” is no time.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
