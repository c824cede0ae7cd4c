"""Reads: articles as lists are made of them, and the rules of their outlets and sections."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    "words",
    "weights",
    "plain",
)


def find_subject(row: int, *, rules: Rules) -> tuple[Known, str] | None:
    """A live article that a list is made for, and its language; None when it is not known."""
    live = Vector.objects.filter(
        published=row, published__state=PublishedArticle.State.LIVE
    ).values_list(*FIELDS, "forms", "language")
    for *fields, forms, language in live:
        known = _known(fields, rules, topics=_topics_of(row))
        first = known.weights if forms else ()
        written = dict(zip(first, forms.split(" "), strict=False))
        return replace(known, forms=written), language
    return None


def known_articles(rows: Iterable[int], *, article: Known, rules: Rules) -> list[Known]:
    """
    Those of the given public rows that may be listed, in the order given; topics are those in
    common with the article. Two queries, one when it has no topics.
    """
    order = list(rows)
    vectors = Vector.objects.filter(
        published__in=order, published__state=PublishedArticle.State.LIVE
    ).exclude(published__kind=Kind.SPONSORED)
    shared = _shared_topics(article, order)
    found = {
        fields[0]: _known(fields, rules, topics=shared.get(fields[0], {}))
        for fields in vectors.values_list(*FIELDS)
    }
    return [found[row] for row in order if row in found]


def _known(fields: Any, rules: Rules, *, topics: Mapping[int, str]) -> Known:
    row, article_id, outlet_id, section_id, at, words, weights, plain = fields
    return Known(
        row=row,
        article_id=article_id,
        outlet_id=outlet_id,
        published_at=at,
        weights=unpacked(words, weights),
        plain=bytes(plain),
        half_life_days=rules.half_life_days(section_id),
        topics=topics,
    )


def _topics_of(row: int) -> dict[int, str]:
    listed = ListedTopic.objects.filter(published=row)
    return dict(listed.values_list("topic_id", "topic__name"))


def _shared_topics(article: Known, rows: list[int]) -> dict[int, dict[int, str]]:
    shared: defaultdict[int, dict[int, str]] = defaultdict(dict)
    if article.topics:
        listed = ListedTopic.objects.filter(published__in=rows, topic__in=list(article.topics))
        for row, topic_id in listed.values_list("published_id", "topic_id"):
            shared[row][topic_id] = article.topics[topic_id]
    return shared


def newest_on_topics(article: Known, *, most: int) -> list[int]:
    """Rows of those that were added last to its topics. A query a topic."""
    found: dict[int, None] = {}
    for topic_id in article.topics:
        listed = ListedTopic.objects.filter(topic=topic_id).exclude(published=article.row)
        newest = listed.order_by("-published").values_list("published_id", flat=True)[:most]
        found.update(dict.fromkeys(newest))
    return list(found)


def picks_of(article_id: int) -> tuple[list[int], set[int]]:
    """Ids of the articles that editors pinned below one, in order, and banned. One query."""
    pinned, banned = [], set()
    picks = Pick.objects.filter(article=article_id).order_by("at", "pk")
    for other, kind in picks.values_list("other_id", "kind"):
        if kind == Pick.Kind.PIN:
            pinned.append(other)
        else:
            banned.add(other)
    return pinned, banned
