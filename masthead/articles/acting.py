"""Whose hand makes an article live or takes it down: Wagtail's signals do not say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_hand: ContextVar[Any] = ContextVar("hand", default=None)


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """user: None for the program itself."""
    token = _hand.set(user)
    try:
        yield
    finally:
        _hand.reset(token)


def acting_user() -> Any:
    """Who publishes or withdraws in this call; None for the program itself."""
    return _hand.get()
