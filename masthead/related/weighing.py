"""What an article is about: its words, weighed. Pure: text in, numbers out."""

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt
from sys import intern
from typing import Any

from masthead.articles.models import Access
from masthead.articles.reading import PARTS_BEFORE_GATE
from masthead.articles.snapshot import plain_body
from masthead.core.words import stem, stop_stems, words

MOST_WORDS = 70  # with 55 two of a hundred listed are worse, and 100 are hardly better
IN_HEADLINE = 2  # a word of the headline counts as if it stood there so many times more
LENGTH = 10_000  # of a whole vector, in the unit that weights are kept in
LONGEST_WORD = 40
# Articles that a young network is taken to have, none with the word: of the first three on one
# matter two would otherwise find its words common, and nothing related.
ASSUMED = 100

Weights = dict[str, float]


@dataclass(frozen=True)
class Weighed:
    """
    Vectors of length 1 over the same words, heaviest first.

    weights: what the article is about; the tenth time a word comes it says little new.
    plain: how the text is made, each time counting alike: two of one make are copies.
    """

    weights: Weights
    plain: Weights


@dataclass(frozen=True)
class Counted:
    """
    counts: how often each stem is in an article. headline: those that are in its headline.
    forms: how each is written there at first.
    """

    counts: Counter[str]
    headline: frozenset[str]
    forms: dict[str, str]


def count_words(snapshot: Mapping[str, Any], language: str) -> Counted:
    """
    Of headline, standfirst and text; of a members' article only what everybody may read.

    Left out: words that say nothing in that language, numbers and single letters.
    """
    parts = snapshot["body"]
    if snapshot["access"] == Access.MEMBERS:
        parts = parts[:PARTS_BEFORE_GATE]
    text = words(f"{snapshot['standfirst']}\n{plain_body({**snapshot, 'body': parts})}")
    return _by_stem(words(snapshot["headline"]), text, language)


def count_text(*, headline: str, text: str, language: str) -> Counted:
    """As `count_words`, of plain text."""
    return _by_stem(words(headline), words(text), language)


def _by_stem(headline: list[str], text: list[str], language: str) -> Counted:
    counts: Counter[str] = Counter()
    forms: dict[str, str] = {}
    without = stop_stems(language)
    in_headline = set(headline)
    first = set()
    for word, times in Counter([*headline, *text]).items():
        if len(word) < 2 or word.isdecimal():
            continue
        root = stem(word, language)[:LONGEST_WORD]
        if root and root not in without:
            counts[root] += times
            forms.setdefault(root, word[:LONGEST_WORD])
            if word in in_headline:
                first.add(root)
    return Counted(counts, frozenset(first), forms)


def weigh(counted: Counted, frequencies: Mapping[str, int], articles: int) -> Weighed:
    """
    The heaviest words of an article, heaviest first.

    A word weighs the more the oftener it is in the article and the fewer articles it is in.
    frequencies: in how many of `articles` each word is; a word that is not in it is new.
    """
    rarity = {word: _rarity(frequencies.get(word, 0), articles) for word in counted.counts}
    heavy = {
        word: (1 + log(times + (IN_HEADLINE if word in counted.headline else 0))) * rarity[word]
        for word, times in counted.counts.items()
    }
    first = sorted(heavy, key=lambda word: (-heavy[word], word))[:MOST_WORDS]
    plain = {word: counted.counts[word] * rarity[word] for word in first}
    return Weighed(_of_length_one(heavy, first), _of_length_one(plain, first))


def _of_length_one(weights: Weights, words: list[str]) -> Weights:
    length = sqrt(sum(weights[word] ** 2 for word in words))
    return {word: weights[word] / length for word in words} if length else {}


def _rarity(has_it: int, articles: int) -> float:
    """As in BM25: above 0 whatever the numbers, which lag behind by some articles."""
    without_it = ASSUMED + articles - min(has_it, articles)
    return log(1 + (without_it + 0.5) / (has_it + 0.5))


def packed(weighed: Weighed) -> tuple[str, bytes, bytes]:
    """Words, weights and plain weights as `Vector` keeps them."""
    weights = array("H", (round(each * LENGTH) for each in weighed.weights.values()))
    plain = array("H", (round(each * LENGTH) for each in weighed.plain.values()))
    return " ".join(weighed.weights), weights.tobytes(), plain.tobytes()


def unpacked(words_kept: str, weights: bytes | memoryview) -> Weights:
    """Heaviest first. In units of `LENGTH`, so that nothing is divided for what is not looked at"""
    if not words_kept:
        return {}
    # Interned: most words are in many vectors, and the same ones are found the sooner.
    return dict(zip(map(intern, words_kept.split(" ")), unpacked_column(weights), strict=True))


def unpacked_column(weights: bytes | memoryview) -> "array[int]":
    numbers = array("H")
    numbers.frombytes(bytes(weights))
    return numbers


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Of two unpacked vectors: 0 for nothing in common, 1 for the same."""
    shared = one.keys() & other.keys()
    return sum([one[word] * other[word] for word in shared]) / (LENGTH * LENGTH)
