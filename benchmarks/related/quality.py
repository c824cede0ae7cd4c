"""
How often the first five below an article are right, and how often they tell the same.

The peers keep copies, which count as right: a copy has the labels of what it is copied from. The
targets stand against the peers as they are; how they do without copies is told beside it.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from math import log2
from pathlib import Path
from statistics import mean

from benchmarks.newsroom import found_newsroom
from benchmarks.related.archive import publish_texts
from benchmarks.related.plain import FullText, PlainCosine
from benchmarks.related.texts import Generator, Text, read_labelled
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.related.finding import find_list
from masthead.related.knowing import read_rules
from masthead.related.rebuilding import rebuild

FIRST = 5
ALIKE = 0.7
LOOKED_THROUGH = 40  # by a peer, for five that are no copies
ASKED_FOR, GENERATED, SHORT_GENERATED = 400, 6_000, 2_000
MANY_TOPICS, TOO_LARGE = 10, 2  # of many topics the two largest say little

Nearest = Callable[[int, int], list[int]]


def measure(report: Report, *, short: bool, labelled: Path | None) -> None:
    texts = read_labelled(labelled) if labelled else _generated(short=short)
    tell(f"{len(texts):,} labelled articles; indexing them in three ways …")
    newsroom = found_newsroom("labelled")
    rows = publish_texts(newsroom, texts, number=len(texts))
    rebuild(processes=1)
    cosine = PlainCosine(texts)
    full_text = FullText(texts, cosine)
    ways: dict[str, Nearest] = {
        "ours": _ours(rows),
        "TF-IDF cosine": cosine.nearest,
        "full text": full_text.nearest,
        "TF-IDF cosine without copies": _without_copies(cosine.nearest, cosine),
        "full text without copies": _without_copies(full_text.nearest, cosine),
    }
    topics = _telling_topics(texts)
    asked = [row for row, each in enumerate(topics) if each]
    asked = random.Random(11).sample(asked, min(ASKED_FOR, len(asked)))
    judged = {name: _judge(way, asked, topics, cosine) for name, way in ways.items()}
    _tell_figures(report, judged)


def _generated(*, short: bool) -> list[Text]:
    number = SHORT_GENERATED if short else GENERATED
    return list(Generator(topics=40).articles(number))


def _ours(rows: list[int]) -> Nearest:
    places = {row: place for place, row in enumerate(rows)}
    rules = read_rules()

    def nearest(place: int, most: int) -> list[int]:
        found = find_list(rows[place], rules=rules)
        return [places[near.other.row] for near in found.chosen[:most]] if found else []

    return nearest


def _without_copies(way: Nearest, cosine: PlainCosine) -> Nearest:
    """The same way, left out what is alike to the article or to one before it."""

    def nearest(row: int, most: int) -> list[int]:
        told = [row]
        for other in way(row, LOOKED_THROUGH):
            if len(told) <= most and all(cosine.cosine(other, one) <= ALIKE for one in told):
                told.append(other)
        return told[1:]

    return nearest


def _telling_topics(texts: Sequence[Text]) -> list[frozenset[str]]:
    sizes = Counter(topic for text in texts for topic in text.topics)
    left_out = {t for t, _n in sizes.most_common(TOO_LARGE)} if len(sizes) > MANY_TOPICS else set()
    return [text.topics - left_out for text in texts]


def _judge(
    way: Nearest, asked: list[int], topics: list[frozenset[str]], cosine: PlainCosine
) -> dict[str, float]:
    sizes = Counter(topic for each in topics for topic in each)
    precisions, gains, alike = [], [], 0
    for row in asked:
        found = way(row, FIRST)
        right = [bool(topics[row] & topics[other]) for other in found]
        most = min(FIRST, max(sizes[topic] for topic in topics[row]) - 1)
        precisions.append(sum(right) / FIRST)
        best = sum(1 / log2(place + 2) for place in range(most)) or 1.0
        gains.append(sum(1 / log2(place + 2) for place, is_it in enumerate(right) if is_it) / best)
        alike += any(cosine.cosine(a, b) > ALIKE for a, b in combinations([row, *found], 2))
    return {
        "precision_at_5": mean(precisions),
        "ndcg_at_5": min(1.0, mean(gains)),
        "lists_with_near_duplicates": alike / len(asked),
    }


def _tell_figures(report: Report, judged: dict[str, dict[str, float]]) -> None:
    ours = judged["ours"]
    for name, figures in judged.items():
        for what, value in figures.items():
            report.figures[f"{name.replace(' ', '_').lower()}_{what}"] = round(value, 4)
        if name != "ours":
            for what in figures:
                ratio = ours[what] / figures[what] if figures[what] else None
                words = f"{what.replace('_', ' ')}, {name}"
                report.row(words, f"{ours[what]:.3f}", f"{figures[what]:.3f}", ratio)
    plain = judged["TF-IDF cosine"]
    report.at_least("precision at 5", ours["precision_at_5"], plain["precision_at_5"])
    report.at_least("nDCG at 5", ours["ndcg_at_5"], plain["ndcg_at_5"])
    report.at_most("lists with near-duplicates", ours["lists_with_near_duplicates"], 0)
