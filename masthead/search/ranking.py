"""
How well an article fits a search: BM25 over its four texts, each with its weight.

Reckoned here from the stems, so that both databases give the same order, and only for as many
candidates as a search has at most. FTS5's own `bm25` goes through every article that has a word.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from masthead.search.asked import Asked, Phrase
from masthead.search.entries import STEMS
from masthead.search.models import SearchEntry
from masthead.search.vocabulary import frequencies

# Headline, standfirst; byline, topics and captions; text.
WEIGHTS = (10.0, 5.0, 4.0, 1.0)
SATURATION = 1.2  # BM25's k1: how soon one word more adds little
BY_LENGTH = 0.6  # BM25's b: how much a long text must have more of it
USUAL_WORDS = 400  # of a text


def best_first(ids: Sequence[int], asked: Asked) -> list[int]:
    """The same ids; what fits alike newest first. Two queries."""
    phrases = {phrase for each in asked.languages for phrase in each.phrases if any(phrase)}
    if not phrases:
        return list(ids)
    worth = _worth(phrases, asked)
    rows = SearchEntry.objects.filter(pk__in=ids).values_list("pk", *STEMS)
    scores = {pk: score(texts, worth) for pk, *texts in rows}
    return sorted(ids, key=lambda each: (scores.get(each, 0.0), each), reverse=True)


def score(texts: Iterable[str], worth: Mapping[str, float]) -> float:
    """texts: stems of the four, blanks between. worth: of each phrase, written alike."""
    padded = [f" {text} " for text in texts]
    longer = padded[-1].count(" ") / USUAL_WORDS
    floor = SATURATION * (1 - BY_LENGTH + BY_LENGTH * longer)
    total = 0.0
    for phrase, value in worth.items():
        often = sum(
            weight * text.count(f" {phrase} ") for weight, text in zip(WEIGHTS, padded, strict=True)
        )
        total += value * often * (SATURATION + 1) / (often + floor)
    return total


def _worth(phrases: Iterable[Phrase], asked: Asked) -> dict[str, float]:
    """A rare word says more than one that everything has; a phrase what its rarest word does."""
    known = frequencies(asked.stems, outlet_ids=asked.outlet_ids)
    every = known[""]

    def value(stem: str) -> float:
        having = known.get(stem, 0)
        return math.log(1 + (every - having + 0.5) / (having + 0.5))

    return {" ".join(phrase): max(map(value, phrase)) for phrase in phrases}
