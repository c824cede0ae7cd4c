"""Reads: articles as lists are made of them, and the rules of their outlets and sections."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from masthead.articles.models import Kind, ListedTopic, PublishedArticle
from masthead.outlets.choices import RelatedFrom
from masthead.outlets.models import Outlet, Section
from masthead.related.models import Pick, Vector
from masthead.related.scoring import Known
from masthead.related.weighing import unpacked

HALF_LIFE_DAYS = 90  # of a section that is gone


@dataclass(frozen=True)
class Rules:
    """
    What the newsroom set, read once for many lists.

    alone: outlets below whose articles only their own stand. half_lives: days, by section.
    """

    alone: frozenset[int]
    half_lives: Mapping[int, int]

    def half_life_days(self, section_id: int) -> int:
        return self.half_lives.get(section_id, HALF_LIFE_DAYS)

    def may_stand(self, *, below: int, of: int) -> bool:
        """Whether an article of one outlet may stand below one of another."""
        return below == of or below not in self.alone


def read_rules() -> Rules:
    """Two queries."""
    alone = Outlet.objects.filter(related_from=RelatedFrom.OUTLET).values_list("pk", flat=True)
    half_lives = Section.objects.values_list("pk", "half_life_days")
    return Rules(frozenset(alone), dict(half_lives))


def may_be_listed() -> QuerySet[PublishedArticle]:
    """What may stand in a list: what readers can read now, and nobody paid for."""
    live = PublishedArticle.objects.filter(state=PublishedArticle.State.LIVE)
    return live.exclude(kind=Kind.SPONSORED)


FIELDS = (
    "published_id",
    "published__article_id",
    "published__outlet_id",
    "published__section_id",
    "published__published_at",
    "published__kind",
    "language",
    "words",
    "weights",
    "plain",
)


def read_known(rows: Iterable[int], *, rules: Rules) -> dict[int, Known]:
    """Those of the given public rows that readers can read now and the index knows. Two queries."""
    wanted = list(rows)
    live = PublishedArticle.State.LIVE
    vectors = Vector.objects.filter(published__in=wanted, published__state=live)
    topics: defaultdict[int, dict[int, str]] = defaultdict(dict)
    listed = ListedTopic.objects.filter(published__in=wanted)
    for row, topic_id, name in listed.values_list("published_id", "topic_id", "topic__name"):
        topics[row][topic_id] = name
    return {
        fields[0]: _known(fields, rules, topics=topics.get(fields[0], NO_TOPICS))
        for fields in vectors.values_list(*FIELDS)
    }


NO_TOPICS: dict[int, str] = {}


def _known(fields: Any, rules: Rules, *, topics: Mapping[int, str]) -> Known:
    row, article_id, outlet_id, section_id, at, kind, language, words, weights, plain = fields
    return Known(
        row=row,
        article_id=article_id,
        outlet_id=outlet_id,
        published_at=at,
        weights=unpacked(words, weights),
        plain=bytes(plain),
        half_life_days=rules.half_life_days(section_id),
        language=language,
        is_paid_for=kind == Kind.SPONSORED,
        topics=topics,
    )


def with_forms(articles: Mapping[int, Known]) -> dict[int, Known]:
    """The same, and how each writes its words. One query."""
    kept = Vector.objects.filter(pk__in=list(articles)).values_list("pk", "words", "forms")
    forms = {
        row: dict(zip(words.split(" "), written.split(" "), strict=False))
        for row, words, written in kept
    }
    return {row: replace(each, forms=forms.get(row, {})) for row, each in articles.items()}


def newest_on_topics(article: Known, *, most: int) -> list[int]:
    """Rows of those that were added last to its topics. A query a topic."""
    found: dict[int, None] = {}
    for topic_id in article.topics:
        listed = ListedTopic.objects.filter(topic=topic_id).exclude(published=article.row)
        newest = listed.order_by("-published").values_list("published_id", flat=True)[:most]
        found.update(dict.fromkeys(newest))
    return list(found)


@dataclass(frozen=True)
class Picks:
    """Ids of the articles that editors pinned below one, in order, and banned."""

    pinned: list[int] = field(default_factory=list)
    banned: set[int] = field(default_factory=set)


def picks_of(articles: Iterable[int]) -> defaultdict[int, Picks]:
    """By article. One query."""
    found: defaultdict[int, Picks] = defaultdict(Picks)
    picks = Pick.objects.filter(article__in=list(articles)).order_by("at", "pk")
    for article_id, other, kind in picks.values_list("article_id", "other_id", "kind"):
        if kind == Pick.Kind.PIN:
            found[article_id].pinned.append(other)
        else:
            found[article_id].banned.add(other)
    return found
