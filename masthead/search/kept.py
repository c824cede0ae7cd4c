"""
Answers kept for a moment in this process, so that a search that many ask is done once.

Not on the shelf: what people type has no end. Here they take at most so many bytes, a made-up one
is not kept until it is asked for again, and none outlives a change of what readers see.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from masthead.changes.queries import newest_number
from masthead.press.render import Printed

FRESH_SECONDS = 10.0
MOST_BYTES = 8_000_000
# Of an answer beside its body: headers, keys, its place here. An empty suggestion is little else.
BYTES_AROUND = 2_000
MOST_REMEMBERED = 2_000  # asked for once, as numbers


@dataclass(frozen=True)
class _Answer:
    printed: Printed
    seen: int
    until: float


class Kept:
    def __init__(
        self, *, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most_bytes = most_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._asked_once: OrderedDict[int, None] = OrderedDict()
        self.bytes = 0

    def answer(self, key: Hashable, make: Callable[[], Printed]) -> Printed:
        """
        What was made for this key some seconds ago, else what `make` gives.

        One query: the number of the newest change, read before anything else, so that an answer
        never shows what a later change took away.
        """
        seen = newest_number()
        kept = self._find(key, seen)
        if kept is not None:
            return kept
        printed = make()
        self._keep(key, _Answer(printed, seen, self._clock() + FRESH_SECONDS))
        return printed

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
            self._asked_once.clear()
            self.bytes = 0

    def _find(self, key: Hashable, seen: int) -> Printed | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                return None
            if answer.seen != seen or answer.until <= self._clock():
                self._drop(key)
                self._asked_once[hash(key)] = None
                return None
            self._answers.move_to_end(key)
            return answer.printed

    def _keep(self, key: Hashable, answer: _Answer) -> None:
        size = _bytes_of(answer)
        with self._lock:
            is_again = self._asked_once.pop(hash(key), True) is None
            if not is_again:
                self._asked_once[hash(key)] = None
                if len(self._asked_once) > MOST_REMEMBERED:
                    self._asked_once.popitem(last=False)
                return
            if size > self._most_bytes:
                return
            self._drop(key)
            self._answers[key] = answer
            self.bytes += size
            while self.bytes > self._most_bytes:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: Hashable) -> None:
        answer = self._answers.pop(key, None)
        if answer is not None:
            self.bytes -= _bytes_of(answer)


def _bytes_of(answer: _Answer) -> int:
    return len(answer.printed.body) + BYTES_AROUND


pages = Kept()
suggestions = Kept(most_bytes=MOST_BYTES // 8)
