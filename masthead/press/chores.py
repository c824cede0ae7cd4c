"""The registry of chores: what each machine does for itself now and then, beside printing."""

from collections.abc import Callable
from dataclasses import dataclass

from masthead.press.shelf import Shelf


@dataclass(frozen=True)
class Chore:
    """
    name: short, unique. seconds: how long after the last time it is done again.
    do: given this machine's shelf; takes some milliseconds, and is the only one at work on it.
    """

    name: str
    seconds: float
    do: Callable[[Shelf], None]


_chores: dict[str, Chore] = {}


def register_chore(chore: Chore) -> None:
    """Call from `apps.ready()`. Raises ValueError for a taken name."""
    if chore.name in _chores:
        raise ValueError(f"A chore named {chore.name} is registered already.")
    _chores[chore.name] = chore


def all_chores() -> list[Chore]:
    return list(_chores.values())
