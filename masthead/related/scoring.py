"""How near two articles are, and which of the near ones make a list. Pure: no database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import exp2
from typing import Any

from masthead.related.weighing import cosine, unpacked_column

KEPT = 8  # in a stored list, so that one that is withdrawn leaves no hole
SHOWN = 4
# Above these cosines two articles tell the same; of those only one is shown. The plain vectors
# hold the heaviest words alone: what over whole texts is above 0.7 can be 0.57 here.
ALIKE, PLAINLY_ALIKE = 0.7, 0.55
LEAST = 0.05  # below that two articles have a word in common by chance
TOPIC = 0.05  # what a topic in common is worth, as much cosine
MOST_TOPICS = 2
DAY_SECONDS = 86_400
MOST_REASONS = 5


@dataclass(frozen=True)
class Known:
    """
    What lists are made of: one public article.

    row: of `PublishedArticle`. weights: as kept, heaviest first; plain: of the same words, packed,
    for the few that are asked whether they tell the same. half_life_days: of its section.
    topics: names by id. forms: only of one that a list is made for.
    """

    row: int
    article_id: int
    outlet_id: int
    published_at: datetime
    weights: Mapping[str, float] = field(hash=False)
    half_life_days: int
    language: str = ""
    is_paid_for: bool = False
    plain: bytes = b""
    forms: Mapping[str, str] = field(default_factory=dict, hash=False)
    topics: Mapping[int, str] = field(default_factory=dict, hash=False)

    @cached_property
    def plainly(self) -> Mapping[str, float]:
        return dict(zip(self.weights, unpacked_column(self.plain), strict=False))


@dataclass(frozen=True)
class Near:
    """
    An article that may stand in a list, and why: kept as `Related.why`.

    topics: ids of those that both have.
    """

    other: Known
    cosine: float
    age_factor: float
    topics: frozenset[int] = frozenset()

    @cached_property
    def score(self) -> float:
        topics = min(len(self.topics), MOST_TOPICS)
        return (self.cosine + TOPIC * topics) * self.age_factor


def nearness(article: Known, other: Known) -> Near:
    return Near(
        other,
        cosine(article.weights, other.weights),
        age_factor(article, other),
        frozenset(article.topics.keys() & other.topics.keys()),
    )


def age_factor(article: Known, other: Known) -> float:
    """
    1 for what was published later or at the same time, falling to a half with the time before.

    Counted between the two, not from now: a list says the same whenever it is made. What is newer
    is never worth less, so that an old article leads to what became of its matter.
    """
    days = (article.published_at - other.published_at).total_seconds() / DAY_SECONDS
    return 1.0 if days <= 0 else 0.5 + 0.5 * exp2(-days / other.half_life_days)


def seen_from(near: Near, article: Known) -> Near:
    """The other way round: how near the article is to one that was found near to it."""
    return Near(article, near.cosine, age_factor(near.other, article), near.topics)


def choose(
    article: Known,
    near: Iterable[Near],
    *,
    pinned: Iterable[Known] = (),
    banned: Collection[int] = (),
    most: int = KEPT,
) -> list[Near]:
    """
    The list below an article: what is pinned in its order, then the nearest.

    Never the article itself, what is banned (ids of articles), or one that tells the same as the
    article or as another in the list.
    """
    chosen = [nearness(article, other) for other in pinned if other.article_id not in banned]
    taken = {article.article_id, *banned, *(each.other.article_id for each in chosen)}
    told = [article, *(each.other for each in chosen)]
    found = len(chosen)
    for each in sorted(near, key=_order):
        if len(chosen) - found >= most or each.score < LEAST:
            break
        if each.other.article_id in taken:
            continue
        if not tells_nothing_new(each.other, told):
            chosen.append(each)
            told.append(each.other)
            taken.add(each.other.article_id)
    return chosen


def tells_nothing_new(other: Known, told: Iterable[Known]) -> bool:
    """Whether it is as good as a copy of one of these."""
    return any(
        cosine(other.weights, one.weights) > ALIKE
        or cosine(other.plainly, one.plainly) > PLAINLY_ALIKE
        for one in told
    )


def _order(each: Near) -> tuple[float, float, int]:
    """Of two that are as near the newer first; always the same order."""
    return (-each.score, -each.other.published_at.timestamp(), -each.other.row)


def reasons(article: Known, near: Near) -> dict[str, Any]:
    """
    Why it is in the list, for editors: {"words": as the article writes them, the one that weighs
    most first, "topics": names, "cosine", "age": the factor}.
    """
    there = near.other.weights
    shared = {
        word: weight * there[word] for word, weight in article.weights.items() if word in there
    }
    first = sorted(shared, key=shared.__getitem__, reverse=True)[:MOST_REASONS]
    return {
        "words": [article.forms.get(word, word) for word in first],
        "topics": sorted(article.topics[topic] for topic in near.topics),
        "cosine": round(near.cosine, 3),
        "age": round(near.age_factor, 3),
    }
