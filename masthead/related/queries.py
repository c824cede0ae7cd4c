"""Which articles stand below one: its stored list, and what stands next to it in its section."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateTimeField,
    F,
    Q,
    QuerySet,
    When,
)

from masthead.articles.cards import CARD_COLUMNS
from masthead.articles.models import Kind, PublishedArticle
from masthead.articles.queries import NewestFirst, in_section
from masthead.core.prepared import Given, Prepared
from masthead.outlets.sheet import SheetSection
from masthead.related.models import Related
from masthead.related.scoring import SHOWN


def related_to(article_id: int, *, outlet_id: int, most: int) -> list[PublishedArticle]:
    """
    The first of the stored list, as far as readers can read them this moment. One query.

    Whatever became of an article since the list was written, withdrawn or paid for, it is not
    answered here.
    """
    rows = _listed(most).rows(article=article_id, outlet=outlet_id)
    return [row.other for row in rows]


@cache
def _listed(most: int) -> Prepared[Related]:
    article, outlet = Given("article", BigIntegerField()), Given("outlet", BigIntegerField())
    return Prepared(
        lambda: (
            _readable(article=article, outlet=outlet)
            .select_related("other__lead_picture")
            .only("other", *(f"other__{name}" for name in CARD_COLUMNS))[:most]
        )
    )


def _readable(*, article: Given, outlet: Given) -> QuerySet[Related]:
    """What of a stored list readers can read this moment, in its order."""
    listed = Related.objects.filter(
        of__article=article, of__outlet=outlet, other__state=PublishedArticle.State.LIVE
    )
    return listed.exclude(other__kind=Kind.SPONSORED).order_by("place", "pk")


def neighbours(
    *, section: SheetSection, outlet_id: int, article_id: int | None, at: datetime, most: int
) -> list[PublishedArticle]:
    """
    Those published just before the article, the latest first; where they are too few, those just
    after it, the earliest first. Without paid ones, and without those that its stored list shows
    already. One query.

    So a new article changes this list for the oldest few of a section at most, never for all.

    article_id: None for one that is not published yet. at: when the article was published.
    """
    number = article_id or 0  # of one moment the article begun later counts as newer
    near = _near(is_top=section.parent_id is None, most=most)
    return near.rows(section=section.id, outlet=outlet_id, number=number, at=at)


@cache
def _near(*, is_top: bool, most: int) -> Prepared[PublishedArticle]:
    return Prepared(lambda: _either_side(is_top=is_top, most=most))


def _either_side(*, is_top: bool, most: int) -> QuerySet[PublishedArticle]:
    """Up to `most` are looked up on either side, and as many taken, those before it first."""
    section, number = Given("section", BigIntegerField()), Given("number", BigIntegerField())
    at = Given("at", DateTimeField())
    above = _readable(article=number, outlet=Given("outlet", BigIntegerField()))
    rows = (
        in_section(section, is_top=is_top)
        .exclude(kind=Kind.SPONSORED)
        .exclude(article=number)
        .exclude(pk__in=above.values("other")[:SHOWN])
    )
    beside = NewestFirst(rows.select_related(None), row="article_id")
    older, newer = beside.older_than(at, number), beside.newer_than(at, number)
    near = PublishedArticle.objects.filter(
        pk__in=_first(older, most).union(_first(newer, most), all=True)
    )
    is_older = Q(published_at__lt=at) | Q(published_at=at, article__lt=number)
    before = Case(When(is_older, then=F("published_at"))), Case(When(is_older, then=F("article")))
    return (
        near.select_related("lead_picture")
        .only(*CARD_COLUMNS)
        .order_by(*(each.desc(nulls_last=True) for each in before), "published_at", "article_id")
    )[:most]


def _first(articles: QuerySet[PublishedArticle], most: int) -> QuerySet[PublishedArticle, Any]:
    # A limited select inside another: SQLite takes no LIMIT in the arms of a UNION.
    limited = articles.values("pk")[:most]
    return PublishedArticle.objects.filter(pk__in=limited).values("pk")
