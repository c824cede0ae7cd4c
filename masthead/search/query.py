"""What a reader typed, as something a full-text index may be asked."""

import re
from dataclasses import dataclass

MOST_WORDS = 8
MOST_CHARACTERS = 120
PART = re.compile(r'(-?)"([^"]+)"|(-?)(\S+)')
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SearchQuery:
    """
    phrases: word lists that must all be there; excluded: word lists that must not.

    Only letters and digits come through, so nothing in it is an operator of either database.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.phrases

    def as_fts5(self) -> str:
        wanted = " AND ".join(f'"{" ".join(words)}"' for words in self.phrases)
        unwanted = " ".join(f'NOT "{" ".join(words)}"' for words in self.excluded)
        return f"({wanted}) {unwanted}".strip()

    def as_tsquery(self) -> tuple[str, list[str]]:
        """
        SQL with a parameter for each phrase.

        Never one text to be parsed: `unaccent` turns some letters into quotes and colons.
        """
        one = "phraseto_tsquery('simple', unaccent_immutable(%s))"
        terms = [one] * len(self.phrases) + [f"(!! {one})"] * len(self.excluded)
        return " && ".join(terms), [" ".join(words) for words in self.phrases + self.excluded]


def read_query(typed: str) -> SearchQuery:
    """Quotes make a phrase, a minus leaves out; the first eight parts count."""
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    for match in list(PART.finditer(typed[:MOST_CHARACTERS]))[:MOST_WORDS]:
        minus = match[1] or match[3]
        words = tuple(WORD.findall((match[2] or match[4] or "").lower()))
        if words:
            (excluded if minus else phrases).append(words)
    return SearchQuery(tuple(phrases), tuple(excluded))
