"""What a reader typed, as words to be found; nothing of it is an operator of a database."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from masthead.core.words import WORD, fold

MOST_PARTS = 8
MOST_CHARACTERS = 120
PART = re.compile(r'(-?)"([^"]+)"|(-?)(\S+)')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))


@dataclass(frozen=True)
class Part:
    """
    Words that must stand one after another; mostly there is one.

    is_exact: as they are written, not just their stems; it stood between quotes.
    """

    words: tuple[str, ...]
    is_exact: bool = False

    def __str__(self) -> str:
        text = " ".join(self.words)
        return f'"{text}"' if self.is_exact else "-".join(self.words)


@dataclass(frozen=True)
class SearchQuery:
    """parts: all must be there. excluded: none may be."""

    parts: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.parts

    @property
    def text(self) -> str:
        """The one way to write it: the same search has the same address."""
        return " ".join([*map(str, self.parts), *(f"-{part}" for part in self.excluded)])


def read_query(typed: str) -> SearchQuery:
    """Quotes make an exact phrase, a minus leaves out; the first eight parts count."""
    parts: list[Part] = []
    excluded: list[Part] = []
    text = unicodedata.normalize("NFC", typed[:MOST_CHARACTERS].lower())[:MOST_CHARACTERS]
    for match in islice(PART.finditer(text.translate(QUOTES)), MOST_PARTS):
        found = tuple(filter(_says_something, WORD.findall(match[2] or match[4] or "")))
        if found:
            where = excluded if match[1] or match[3] else parts
            where.append(Part(found, is_exact=match[2] is not None))
    return SearchQuery(tuple(dict.fromkeys(parts)), tuple(dict.fromkeys(excluded)))


def _says_something(word: str) -> bool:
    """Not so a sign that only stretches or marks others, standing alone."""
    return bool(fold(word).strip())
