"""Reads of published articles: one by address, and lists that stay flat however long they are."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, Q, QuerySet

from masthead.articles.along import along
from masthead.articles.models import ArticlePage, PublishedArticle, Topic
from masthead.core.prepared import Given, Prepared

PAGE_SIZE = 30


class Place(NamedTuple):
    """Where a list page begins or ends: an instant and a row's id, written as "1763791200.5-42"."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """None for anything that is not a place; never raises on what a reader sends."""
        stamp, _, row = text.partition("-")
        try:
            place = cls(datetime.fromtimestamp(float(stamp), tz=UTC), int(row))
        except (ValueError, OverflowError, OSError):
            return None
        return place if 0 <= place.id < 2**63 else None


class Listing(NamedTuple):
    """One page of a list, newest first, and where its neighbours begin."""

    articles: list[PublishedArticle]
    older: Place | None
    newer: Place | None


def live_articles() -> QuerySet[PublishedArticle]:
    return (
        PublishedArticle.objects.filter(state=PublishedArticle.State.LIVE)
        .select_related("lead_picture")
        .order_by("-published_at", "-id")
    )


def in_outlet(outlet_id: int | Given) -> QuerySet[PublishedArticle]:
    return live_articles().filter(outlet=outlet_id)


def in_section(section_id: int | Given, *, is_top: bool) -> QuerySet[PublishedArticle]:
    """A top section also lists what is filed in the sections below it."""
    if is_top:
        return live_articles().filter(top_section_id=section_id)
    return live_articles().filter(section_id=section_id)


@dataclass(frozen=True)
class NewestFirst:
    """
    A list that can be entered at any place.

    inside: what is in it; together with the place in one condition, since two conditions on
    another table's rows would be met by two of its rows.
    at, row: the columns it is ordered by.
    """

    articles: QuerySet[PublishedArticle]
    inside: Q = field(default_factory=Q)
    at: str = "published_at"
    row: str = "id"

    def all(self) -> QuerySet[PublishedArticle]:
        return self._where(Q())

    def older_than(
        self, moment: datetime | Given, number: int | Given
    ) -> QuerySet[PublishedArticle]:
        return self._where(
            Q(**{f"{self.at}__lt": moment}) | Q(**{self.at: moment, f"{self.row}__lt": number}),
            **{f"{self.at}__lte": moment},  # a plain range that the index can start from
        )

    def newer_than(
        self, moment: datetime | Given, number: int | Given
    ) -> QuerySet[PublishedArticle]:
        """The nearest first."""
        return self._where(
            Q(**{f"{self.at}__gt": moment}) | Q(**{self.at: moment, f"{self.row}__gt": number}),
            **{f"{self.at}__gte": moment},
        ).reverse()

    def _where(self, place: Q, **bound: Any) -> QuerySet[PublishedArticle]:
        found = self.articles.filter(self.inside & place, **bound)
        return found.order_by(f"-{self.at}", f"-{self.row}")


def on_topic(topic_id: int | Given, *, outlet_id: int | Given) -> NewestFirst:
    inside = Q(listed_topics__topic=topic_id, listed_topics__outlet_id=outlet_id)
    return NewestFirst(
        live_articles(), inside, at="listed_topics__published_at", row="listed_topics__published"
    )


def by_author(author_id: int | Given, *, outlet_id: int | Given) -> NewestFirst:
    inside = Q(listed_authors__author=author_id, listed_authors__outlet_id=outlet_id)
    return NewestFirst(
        live_articles(), inside, at="listed_authors__published_at", row="listed_authors__published"
    )


def listing(
    articles: NewestFirst | QuerySet[PublishedArticle],
    *,
    before: Place | None = None,
    after: Place | None = None,
    size: int = PAGE_SIZE,
) -> Listing:
    """
    One page of a newest-first list, found by place instead of by number, so that page 6,000 costs
    what page 1 does. One query.
    """
    each = articles if isinstance(articles, NewestFirst) else NewestFirst(articles)
    if before is not None:
        asked = each.older_than(before.at, before.id)
    elif after is not None:
        asked = each.newer_than(after.at, after.id)
    else:
        asked = each.all()
    found = list(asked[: size + 1])
    more, found = len(found) > size, found[:size]
    if after is not None:
        found.reverse()
    if not found:
        return Listing([], None, None)
    first, last = found[0], found[-1]
    has_older = more if after is None else True
    has_newer = before is not None if after is None else more
    return Listing(
        found,
        Place(last.published_at, last.pk) if has_older else None,
        Place(first.published_at, first.pk) if has_newer else None,
    )


def find_published(*, outlet_id: int, path: str) -> PublishedArticle | None:
    """The article at an address, live or withdrawn, with its text and what features keep along
    with it. One query."""
    return next(iter(_at_address.rows(outlet=outlet_id, path=path)), None)


_at_address: Prepared[PublishedArticle] = Prepared(
    lambda: (
        PublishedArticle.objects.filter(
            outlet=Given("outlet", BigIntegerField()), path=Given("path", CharField())
        )
        .annotate(**along())
        .select_related("text")
    )
)


def find_topic(slug: str) -> Topic | None:
    return Topic.objects.filter(slug=slug).first()


def get_article(article_id: int) -> ArticlePage:
    return ArticlePage.objects.get(pk=article_id)
