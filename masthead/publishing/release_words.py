"""What is to be said in the release that Wagtail's next signal in this call will record."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReleaseWords:
    """at: the moment the release counts from, when it is not now (a demo, an import)."""

    note: str = ""
    act: str | None = None
    at: datetime | None = None


_words: ContextVar[ReleaseWords] = ContextVar("release_words")


@contextmanager
def release_words(
    *, note: str = "", act: str | None = None, at: datetime | None = None
) -> Iterator[None]:
    token = _words.set(ReleaseWords(note, act, at))
    try:
        yield
    finally:
        _words.reset(token)


def words_now() -> ReleaseWords:
    return _words.get(ReleaseWords())
