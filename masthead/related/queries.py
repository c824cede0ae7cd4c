"""Which articles stand below one: its stored list, and what stands next to it in its section."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet

from masthead.articles.models import Kind, PublishedArticle
from masthead.articles.queries import in_section
from masthead.core.prepared import Given, Prepared
from masthead.outlets.sheet import SheetSection
from masthead.related.models import Related


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
    readable = {
        "of__article": article,
        "of__outlet": outlet,
        "other__state": PublishedArticle.State.LIVE,
    }
    return Prepared(
        lambda: (
            Related.objects.filter(**readable)
            .exclude(other__kind=Kind.SPONSORED)
            .select_related("other__lead_picture")
            .order_by("place", "pk")[:most]
        )
    )


def neighbours(
    *, section: SheetSection, article_id: int | None, at: datetime, most: int
) -> list[PublishedArticle]:
    """
    Those published just before the article, the latest first; where they are too few, those just
    after it, the earliest first. Without paid ones. One query.

    So a new article changes this list for the oldest few of a section at most, never for all.

    article_id: None for one that is not published yet. at: when the article was published.
    """
    number = article_id or 0  # of one moment the article begun later counts as newer
    near = _near(is_top=section.parent_id is None, most=most)
    found = sorted(near.rows(section=section.id, number=number, at=at), key=_moment, reverse=True)
    before = [row for row in found if _moment(row) < (at, number)]
    after = [row for row in reversed(found) if _moment(row) > (at, number)]
    return [*before, *after][:most]


def _moment(row: PublishedArticle) -> tuple[datetime, int]:
    return row.published_at, row.article_id


@cache
def _near(*, is_top: bool, most: int) -> Prepared[PublishedArticle]:
    """Up to `most` on either side."""
    return Prepared(lambda: _either_side(is_top=is_top, most=most))


def _either_side(*, is_top: bool, most: int) -> QuerySet[PublishedArticle]:
    section, number = Given("section", BigIntegerField()), Given("number", BigIntegerField())
    at = Given("at", DateTimeField())
    others = in_section(section, is_top=is_top).exclude(kind=Kind.SPONSORED).exclude(article=number)
    is_older = Q(published_at__lt=at) | Q(published_at=at, article__lt=number)
    is_newer = Q(published_at__gt=at) | Q(published_at=at, article__gt=number)
    older = others.filter(is_older, published_at__lte=at).order_by("-published_at", "-article_id")
    newer = others.filter(is_newer, published_at__gte=at).order_by("published_at", "article_id")
    return others.filter(pk__in=_first(older, most).union(_first(newer, most), all=True))


def _first(articles: QuerySet[PublishedArticle], most: int) -> QuerySet[PublishedArticle, Any]:
    # A limited select inside another: SQLite takes no LIMIT in the arms of a UNION.
    limited = articles.values("pk")[:most]
    return PublishedArticle.objects.filter(pk__in=limited).values("pk")
