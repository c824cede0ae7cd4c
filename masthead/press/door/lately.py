"""Answers worked out lately, so that the same question costs one look."""

from collections.abc import Callable
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Lately(Generic[Asked, Found]):
    """
    At most `most` answers; when full it forgets them all, so a flood of questions grows nothing.

    Forgetting everything is one step; choosing the oldest would cost on each question.
    """

    def __init__(self, work_out: Callable[[Asked], Found], *, most: int) -> None:
        self.known: dict[Asked, Found] = {}
        self._work_out = work_out
        self._most = most

    def __call__(self, asked: Asked) -> Found:
        try:
            return self.known[asked]
        except KeyError:
            found = self._work_out(asked)
            if len(self.known) >= self._most:
                self.known.clear()
            self.known[asked] = found
            return found
