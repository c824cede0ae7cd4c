"""
"Did you mean": a word of the index near one that it does not have.

Bounded: some hundred lookups for what is one slip away, then a look at some thousand words that
begin alike for what is two slips away or only begun.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.db.models import QuerySet

from masthead.core.words import fold
from masthead.search.entries import stems_of
from masthead.search.models import SearchWord
from masthead.search.query import Part, SearchQuery
from masthead.search.vocabulary import ROWS_AT_ONCE

SHORTEST, LONGEST = 3, 24  # of a word worth correcting
SHORTEST_FOR_TWO = 6
MOST_CORRECTED = 3  # words of one search
SAME_BEGINNING = 2
MOST_ALIKE = 3_000
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤپچژگکی",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґћђњљџ",
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
)


def find_meant(query: SearchQuery, *, language: str, outlet_ids: Collection[int]) -> SearchQuery:
    """
    The search with each word that the index lacks put right, as far as it knows a better one.

    The same search when there is nothing to put right. Whoever shows it asks first whether it
    finds something: the words' counts may be of a moment ago.
    """
    left, parts = MOST_CORRECTED, []
    for part in query.parts:
        better = None
        if left and len(part.words) == 1:
            better = _better(fold(part.words[0]), language, outlet_ids)
        if better is not None:
            left -= 1
        parts.append(part if better is None else Part((better,)))
    return replace(query, parts=tuple(dict.fromkeys(parts)))


def _better(word: str, language: str, outlet_ids: Collection[int]) -> str | None:
    if not SHORTEST <= len(word) <= LONGEST or word.isdigit():
        return None
    known = SearchWord.objects.filter(outlet_id__in=outlet_ids, entries__gt=0)
    if known.filter(stem__in=stems_of(word, language)).exists():
        return None
    near = _counted(known, set(one_slip_away(word)))
    if near:
        # Hardly anybody errs in the first letter: “fery” is “ferry”, however often “very” is there.
        return max(near, key=lambda each: (each[0] == word[0], near[each], each))
    begins = word[:SAME_BEGINNING]
    alike = known.filter(word__gte=begins, word__lt=_after(begins)).order_by("word")
    rows = alike.values_list("word", "entries")[:MOST_ALIKE]
    found = [(slips(word, other), -entries, other) for other, entries in rows]
    best = min((each for each in found if each[0] is not None), default=None)
    return best[2] if best else None


def _after(begins: str) -> str:
    """The first text that does not begin so, in the order of code points."""
    return begins[:-1] + chr(ord(begins[-1]) + 1)


def _counted(known: QuerySet[SearchWord], words: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    wanted = sorted(words)
    for begin in range(0, len(wanted), ROWS_AT_ONCE):
        some = known.filter(word__in=wanted[begin : begin + ROWS_AT_ONCE])
        for word, entries in some.values_list("word", "entries"):
            found[word] = found.get(word, 0) + entries
    return found


def one_slip_away(word: str) -> Iterator[str]:
    """A letter too many, too few, another one, or two that changed places; of the same script."""
    letters = next((each for each in ALPHABETS if set(each) & set(word)), "")
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in letters:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def slips(word: str, other: str) -> int | None:
    """How far apart: 2 slips at most for a long word, 3 for one that was only begun; else None."""
    is_long = len(word) >= SHORTEST_FOR_TWO and abs(len(word) - len(other)) <= 2
    if is_long and _distance(word, other) <= 2:
        return 2
    return 3 if other.startswith(word) and len(word) > SHORTEST else None


def _distance(word: str, other: str) -> int:
    """Letters added, left out, exchanged or swapped with their neighbour (optimal alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, another in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == another:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > 2:
            return 3
        before, last = last, row
    return last[-1]
