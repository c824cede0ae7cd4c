"""Which articles a word is heavy in: the inverted index that candidates come from."""

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

from django.db import connection

from masthead.related.models import Posting

POSTED = 25  # words of an article that lead to it
ASKED = 16  # words of an article that others are looked for by
# Articles a word leads to. What is heavy in more of them tells little; then the newest are kept.
MOST_POSTED = 4000
SPARE = 400  # more of them before the oldest are cut off, so that not every article cuts
WORDS_AT_ONCE = 2000

Weights = Mapping[str, float]


Word = tuple[str, str]  # of a language


def asked_words(weights: Weights) -> list[str]:
    """Those that others are looked for by."""
    return list(islice(weights, ASKED))


def read_postings(words: Iterable[Word]) -> "dict[Word, tuple[array[int], array[int]]]":
    """A query for each language."""
    by_language: defaultdict[str, list[str]] = defaultdict(list)
    for language, word in words:
        by_language[language].append(word)
    return {
        (language, word): (_column("q", rows), _column("H", shares))
        for language, asked in by_language.items()
        for word, rows, shares in Posting.objects.filter(
            language=language, word__in=asked
        ).values_list("word", "rows", "weights")
    }


def candidates(
    weights: Weights,
    postings: "Mapping[Word, tuple[array[int], array[int]]]",
    *,
    language: str,
    most: int,
) -> list[int]:
    """
    Rows of articles that share heavy words with these weights, the nearest first.

    postings: of all its `asked_words` that lead anywhere.
    """
    near: dict[int, float] = {}
    so_far = near.get
    for word in asked_words(weights):
        columns = postings.get((language, word))
        if columns is not None:
            weight = weights[word]
            for row, share in zip(*columns, strict=True):
                near[row] = so_far(row, 0) + weight * share
    if len(near) > most:
        return heapq.nlargest(most, near, key=near.__getitem__)
    return sorted(near, key=near.__getitem__, reverse=True)


def post(
    *,
    language: str,
    articles: Mapping[int, Weights],
    before: Mapping[int, Iterable[str]] | None = None,
) -> None:
    """
    Let the heaviest words of articles lead to them, and those of `before` no more. Repeatable.

    articles: rows with their weights, heaviest first; no weights take an article out.
    Call inside a transaction.
    """
    wanted: defaultdict[str, dict[int, int | None]] = defaultdict(dict)
    for row, words in (before or {}).items():
        for word in islice(words, POSTED):
            wanted[word][row] = None
    new = set()
    for row, weights in articles.items():
        for word, weight in islice(weights.items(), POSTED):
            wanted[word][row] = int(weight)
            new.add(word)
    # In one order everywhere, so that two writers never wait for each other in a circle.
    words = sorted(wanted)
    for first in range(0, len(words), WORDS_AT_ONCE):
        some = words[first : first + WORDS_AT_ONCE]
        _write(language, {word: wanted[word] for word in some}, new=new)


def _write(language: str, wanted: Mapping[str, Mapping[int, int | None]], *, new: set[str]) -> None:
    empty = [
        Posting(language=language, word=word, rows=b"", weights=b"")
        for word in wanted
        if word in new
    ]
    Posting.objects.bulk_create(empty, ignore_conflicts=True)
    held = (
        Posting.objects.select_for_update()
        .filter(language=language, word__in=list(wanted))
        .order_by("word")
        .values_list("pk", "word", "rows", "weights")
    )
    changed = []
    for pk, word, rows, weights in held:
        columns = _changed(_column("q", rows), _column("H", weights), wanted[word])
        if columns is not None:
            changed.append((columns[0].tobytes(), columns[1].tobytes(), pk))
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany(UPDATE, changed)


UPDATE = "UPDATE related_posting SET rows = %s, weights = %s WHERE id = %s"


def _changed(
    rows: "array[int]", weights: "array[int]", wanted: Mapping[int, int | None]
) -> "tuple[array[int], array[int]] | None":
    """The columns with the wanted weights; None when they have them already."""
    is_other = False
    for row, weight in wanted.items():
        place = rows.index(row) if row in rows else None
        if place is None and weight is not None:
            rows.append(row)
            weights.append(weight)
        elif place is not None and weight is None:
            del rows[place], weights[place]
        elif place is not None and weight is not None and weights[place] != weight:
            weights[place] = weight
        else:
            continue
        is_other = True
    if len(rows) > MOST_POSTED + SPARE:
        rows, weights = rows[-MOST_POSTED:], weights[-MOST_POSTED:]
    return (rows, weights) if is_other else None


def _column(kind: str, kept: bytes | memoryview) -> "array[int]":
    column = array(kind)
    column.frombytes(bytes(kept))
    return column
