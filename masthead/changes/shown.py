"""
Which keys a page being built shows.

Whatever puts something on a page says so with `shows`; the printer collects. A page part of a
feature that nobody here knows is purged as exactly as our own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Shown:
    """
    keys: of everything the page shows. fresh_until: when it goes out of date by itself.
    asked_class: whether anything on it looked at which class of readers it is for.
    """

    keys: set[str] = field(default_factory=set)
    fresh_until: datetime | None = None
    asked_class: bool = False


_now: ContextVar[Shown | None] = ContextVar("shown", default=None)


@contextmanager
def collecting() -> Iterator[Shown]:
    """Everything shown inside is collected; a page inside a page belongs to the inner one."""
    shown = Shown()
    token = _now.set(shown)
    try:
        yield shown
    finally:
        _now.reset(token)


def shows(*keys: str) -> None:
    """The page being built shows these. Outside of a printer nothing happens."""
    shown = _now.get()
    if shown is not None:
        shown.keys.update(keys)


def fresh_until(at: datetime) -> None:
    """The page being built says something else from then on (aware); the earliest counts."""
    shown = _now.get()
    if shown is not None:
        shown.fresh_until = min(at, shown.fresh_until or at)


def asks_class() -> None:
    """The page being built may be another one for another class of readers."""
    shown = _now.get()
    if shown is not None:
        shown.asked_class = True
