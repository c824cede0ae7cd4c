"""
What somebody asks for who has not shown yet that an address is theirs: the registry of intents.

Imports go down only, so a feature above puts its intents in here, in `ready()` of its `apps.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from masthead.readers.models import Proof, Reader


@dataclass(frozen=True)
class Intent:
    """
    One thing asked for.

    name: as registered. words: exactly what the person was shown and agrees to. data: what
    `carry` needs; plain JSON, no secrets.
    """

    name: str
    words: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "words": self.words, "data": dict(self.data)}


@dataclass(frozen=True)
class Done:
    """
    What became of an intent, for the page that says so.

    title, text: sentences. url, link: where it goes on, and what that is called; url is below the
    outlet, without a slash in front.
    """

    title: str
    text: str = ""
    url: str = ""
    link: str = ""


class Carry(Protocol):
    def __call__(self, *, reader: Reader, intent: Intent, proof: Proof, at: datetime) -> Done:
        """
        Inside the transaction that uses the proof up; called once for each proof.

        `proof.place` and `proof.outlet` say where it was asked for. Raises CannotBeDone.
        """


class CannotBeDone(Exception):
    """Not any more, or not by this person; the text can be shown to them."""


_carriers: dict[str, Carry] = {}
_alone: set[str] = set()


def register_intent(name: str, carry: Carry, *, alone: bool = False) -> None:
    """
    Add one; call from `apps.ready()`. Raises ValueError for a name that is taken.

    alone: it is asked in a mail of its own. For what would hurt an address's owner who meant to
    confirm something else: anybody can ask in the name of any address.
    """
    if name in _carriers:
        raise ValueError(f"There is an intent named {name} already.")
    _carriers[name] = carry
    if alone:
        _alone.add(name)


def stands_alone(name: str) -> bool:
    return name in _alone


def carry_out(*, proof: Proof, at: datetime) -> list[Done]:
    """All intents of a proof in their order; one that cannot be done keeps no other from it."""
    done: list[Done] = []
    for each in proof.intents:
        intent = Intent(each["name"], each["words"], each["data"])
        try:
            # Whose the address is may have changed by the one before.
            reader = Reader.objects.get(email=proof.address)
            done.append(_carriers[intent.name](reader=reader, intent=intent, proof=proof, at=at))
        except CannotBeDone as refusal:
            done.append(Done(title=str(refusal)))
    return done
