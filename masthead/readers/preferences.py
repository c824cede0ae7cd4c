"""
The page on which readers say what they want: a registry of its sections.

The same sections stand behind the link of every mail, without signing in, and in the account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from masthead.readers.tokens import NoSuchToken, make_token, read_token

PURPOSE = "preferences"
READER = "r"


class Data(Protocol):
    """What a form has sent: Django's QueryDict."""

    def get(self, key: str, default: Any = None) -> Any: ...
    def getlist(self, key: str) -> list[Any]: ...
    def __contains__(self, key: object) -> bool: ...


@dataclass(frozen=True)
class Saving:
    """
    How a reader says it: on which outlet, at which of our addresses (a path below it), and how we
    know that it is they: "link" by a mail of ours, or "signed-in".
    """

    sheet: Sheet
    place: str
    proof: str
    at: datetime


@dataclass(frozen=True)
class Section:
    """
    name: short and lasting; names of its fields begin with it and a dash.
    template: a Jinja template inside the page's one form; sees what `build` gave, and `sheet`.
    build: from the reader and the outlet being asked to the template's values, or None to stand
        aside. Nothing in it may tell more than somebody may see who was only forwarded a mail.
    save: from what was sent, in the transaction of the whole page; must bear being sent twice.
    move: gives what the first reader chose to the second, whose address has been proved; answers
        how much that was.
    """

    name: str
    template: str
    build: Callable[[Reader, Sheet], dict[str, Any] | None]
    save: Callable[[Reader, Data, Saving], None]
    order: int = 100
    move: Callable[[Reader, Reader, Saving], int] | None = None


_sections: dict[str, Section] = {}
_holders: dict[str, Callable[[int], Reader | None]] = {}


def register_preferences(section: Section) -> None:
    """Add one; call from `apps.ready()`. Raises ValueError for a name that is taken."""
    if section.name in _sections:
        raise ValueError(f"There are preferences named {section.name} already.")
    _sections[section.name] = section


def register_holder(kind: str, find_reader: Callable[[int], Reader | None]) -> None:
    """Whose a row is that tokens of this kind name, e.g. "d", a delivery's; refuses a taken one."""
    if kind in _holders:
        raise ValueError(f"Tokens of the kind {kind} are read already.")
    _holders[kind] = find_reader


def sections() -> list[Section]:
    return sorted(_sections.values(), key=lambda each: (each.order, each.name))


def preferences_path(reader: Reader) -> str:
    """Below the outlet; for the page of somebody who has just proved who they are."""
    return f"readers/preferences/{make_token(PURPOSE, READER, reader.pk)}/"


def preferences_link(*, reader: Reader, sheet: Sheet) -> str:
    """For a mail that is about no list, e.g. a notice."""
    return sheet.absolute(preferences_path(reader))


def find_reader_by_token(token: str) -> Reader | None:
    """None for a token that is not ours, and for a reader who was erased."""
    try:
        kind, number = read_token(PURPOSE, token)
    except NoSuchToken:
        return None
    if kind == READER:
        return Reader.objects.filter(pk=number).first()
    find = _holders.get(kind)
    return find(number) if find else None


def save_all(*, reader: Reader, data: Data, saving: Saving) -> None:
    """Call inside a transaction."""
    for section in sections():
        section.save(reader, data, saving)


def move_all(*, old: Reader, new: Reader, saving: Saving) -> int:
    """What one address gets goes to another from now on. Call inside a transaction."""
    return sum(each.move(old, new, saving) for each in sections() if each.move is not None)
