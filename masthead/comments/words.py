"""
Banned and suspect words, found in one pass over a text (Aho and Corasick).

However many words there are and whatever the text is, each of its characters is looked at a
bounded number of times: nothing a moderator or a reader types can make it slow.
"""

import unicodedata
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from masthead.core.words import fold

MOST_WORDS = 20_000
LONGEST = 100
# Written instead of letters to get past lists of words.
LOOKALIKES = str.maketrans("0134@5", "oieaas")


class Found(NamedTuple):
    """A word of the list, and where it stands in the text as it was written."""

    word: str
    start: int
    end: int


class Words:
    """
    lines: one word or phrase each; `word*` also finds longer words that begin so.

    Case, accents, invisible characters and a few lookalikes make no difference. A word is only
    found where one begins, and where it ends unless it has the star.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._back = [0]
        self._ends: list[list[tuple[str, int, bool]]] = [[]]
        for line in list(lines)[:MOST_WORDS]:
            self._add(line.strip()[:LONGEST])
        self._link()

    def _add(self, line: str) -> None:
        is_open = line.endswith("*")
        word = "".join(letter for letter, _place in _folded(line.rstrip("*")))
        if not word:
            return
        node = 0
        for letter in word:
            if letter not in self._next[node]:
                self._next[node][letter] = len(self._next)
                self._next.append({})
                self._back.append(0)
                self._ends.append([])
            node = self._next[node][letter]
        self._ends[node].append((line, len(word), is_open))

    def _link(self) -> None:
        """Where to go on when the next letter does not fit; nearest to the root first."""
        waiting = deque(self._next[0].values())
        while waiting:
            node = waiting.popleft()
            for letter, child in self._next[node].items():
                waiting.append(child)
                back = self._back[node]
                while back and letter not in self._next[back]:
                    back = self._back[back]
                self._back[child] = self._next[back].get(letter, 0)
                self._ends[child] += self._ends[self._back[child]]

    def find(self, text: str, *, most: int = 20) -> list[Found]:
        """The first ones, in the order in which they end."""
        folded = _folded(text)
        found: list[Found] = []
        node = 0
        for place, (letter, _at) in enumerate(folded):
            while node and letter not in self._next[node]:
                node = self._back[node]
            node = self._next[node].get(letter, 0)
            for line, length, is_open in self._ends[node]:
                start = place - length + 1
                if _is_word(folded, start, place, is_open=is_open):
                    found.append(Found(line, folded[start][1], folded[place][1] + 1))
                    if len(found) == most:
                        return found
        return found


def _is_word(folded: list[tuple[str, int]], start: int, end: int, *, is_open: bool) -> bool:
    if start and folded[start - 1][0].isalnum() and folded[start][0].isalnum():
        return False
    if is_open or end + 1 >= len(folded):
        return True
    return not (folded[end + 1][0].isalnum() and folded[end][0].isalnum())


def _folded(text: str) -> list[tuple[str, int]]:
    """Each letter as it is compared, with the place it has in the text."""
    made: list[tuple[str, int]] = []
    for place, letter in enumerate(text):
        made += [(each, place) for each in _letters(letter)]
    return made


@lru_cache(maxsize=10_000)
def _letters(letter: str) -> str:
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in {"Cf", "Mn", "Me", "Cc"}:  # invisible, or on another letter
        return ""
    plain = unicodedata.normalize("NFKD", letter)
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return fold(bare).translate(LOOKALIKES)


@lru_cache(maxsize=64)
def words_of(lines: str) -> Words:
    """From a list as it is kept, one a line. Made once for each state of a list."""
    return Words(lines.splitlines())
