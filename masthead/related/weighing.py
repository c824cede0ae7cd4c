"""What an article is about: its words, weighed. Pure: text in, numbers out."""

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

from masthead.articles.models import Access
from masthead.articles.reading import PARTS_BEFORE_GATE
from masthead.articles.snapshot import plain_body
from masthead.core.words import stem, stop_stems, words

MOST_WORDS = 55  # what a hundred more add to the cosine of two articles is less than 0.01
IN_HEADLINE = 3  # a word of the headline counts as if it stood there so often
LENGTH = 10_000  # of a whole vector, in the unit that weights are kept in
LONGEST_WORD = 40
# Articles that a young network is taken to have, none with the word: of the first three on one
# matter two would otherwise find its words common, and nothing related.
ASSUMED = 100

Weights = dict[str, float]


@dataclass(frozen=True)
class Counted:
    """counts: how often each stem is in an article. forms: how it is written there at first."""

    counts: Counter[str]
    forms: dict[str, str]


def count_words(snapshot: Mapping[str, Any], language: str) -> Counted:
    """
    Of headline, standfirst and text; of a members' article only what everybody may read.

    Left out: words that say nothing in that language, numbers and single letters.
    """
    parts = snapshot["body"]
    if snapshot["access"] == Access.MEMBERS:
        parts = parts[:PARTS_BEFORE_GATE]
    said_once = words(f"{snapshot['standfirst']}\n{plain_body({**snapshot, 'body': parts})}")
    often = Counter(said_once)
    for word in words(snapshot["headline"]):
        often[word] += IN_HEADLINE
    return _by_stem(often, language)


def count_text(*, headline: str, text: str, language: str) -> Counted:
    """As `count_words`, of plain text."""
    often = Counter(words(text))
    for word in words(headline):
        often[word] += IN_HEADLINE
    return _by_stem(often, language)


def _by_stem(often: Counter[str], language: str) -> Counted:
    counts: Counter[str] = Counter()
    forms: dict[str, str] = {}
    without = stop_stems(language)
    for word, times in often.items():
        if len(word) < 2 or word.isdecimal():
            continue
        root = stem(word, language)[:LONGEST_WORD]
        if root and root not in without:
            counts[root] += times
            forms.setdefault(root, word[:LONGEST_WORD])
    return Counted(counts, forms)


def weigh(counts: Mapping[str, int], frequencies: Mapping[str, int], articles: int) -> Weights:
    """
    The heaviest words of an article, heaviest first, as a vector of length 1.

    A word weighs the more the oftener it is in the article and the fewer articles it is in.
    frequencies: in how many of `articles` each word is; a word that is not in it is new.
    """
    heavy = {
        word: (1 + log(times)) * _rarity(frequencies.get(word, 0), articles)
        for word, times in counts.items()
    }
    first = sorted(heavy, key=lambda word: (-heavy[word], word))[:MOST_WORDS]
    length = sqrt(sum(heavy[word] ** 2 for word in first))
    return {word: heavy[word] / length for word in first} if length else {}


def _rarity(has_it: int, articles: int) -> float:
    """As in BM25: above 0 whatever the numbers, which lag behind by some articles."""
    without_it = ASSUMED + articles - min(has_it, articles)
    return log(1 + (without_it + 0.5) / (has_it + 0.5))


def packed(weights: Weights) -> tuple[str, bytes]:
    """As `Vector` keeps it. A word too light to be written is left out."""
    kept = {word: round(weight * LENGTH) for word, weight in weights.items()}
    kept = {word: weight for word, weight in kept.items() if weight}
    return " ".join(kept), array("H", kept.values()).tobytes()


def unpacked(words_kept: str, weights: bytes | memoryview) -> Weights:
    """Heaviest first. In units of `LENGTH`, so that nothing is divided for what is not looked at"""
    numbers = array("H")
    numbers.frombytes(bytes(weights))
    return dict(zip(words_kept.split(" "), numbers, strict=False)) if words_kept else {}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Of two unpacked vectors: 0 for nothing in common, 1 for the same."""
    if len(other) < len(one):
        one, other = other, one
    total = 0.0
    for word, weight in one.items():
        if word in other:
            total += weight * other[word]
    return total / (LENGTH * LENGTH)
