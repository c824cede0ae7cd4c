"""Reads of the public record."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from masthead.articles.models import PublishedArticle
from masthead.publishing.models import Receipt, Release, Version


def versions_of(article_id: int) -> QuerySet[Version]:
    return Version.objects.filter(article=article_id).select_related("by").order_by("-number")


def releases_of(article_id: int) -> QuerySet[Release]:
    return (
        Release.objects.filter(article=article_id)
        .select_related("by", "version")
        .prefetch_related("receipts")
        .order_by("-at", "-pk")
    )


def get_release(release_id: int) -> Release:
    return Release.objects.select_related("article", "version").get(pk=release_id)


def published_rows(article_id: int) -> QuerySet[PublishedArticle]:
    return PublishedArticle.objects.filter(article=article_id).select_related("text", "outlet")


def out_of_step(*, since: datetime, most: int = 100) -> list[int]:
    """
    Live articles released since then without a public row that shows it. One query.

    Release, version and row are one transaction, so this finds what a restore or a hand in the
    database left behind.
    """
    shown = PublishedArticle.objects.filter(
        article=OuterRef("article"),
        state=PublishedArticle.State.LIVE,
        version_number__gte=OuterRef("version__number"),
    )
    behind = Release.objects.filter(
        ~Exists(shown), at__gte=since, article__live=True, version__isnull=False
    )
    return list(behind.values_list("article_id", flat=True).distinct()[:most])


def receipts_outstanding() -> QuerySet[Receipt]:
    return (
        Receipt.objects.exclude(state=Receipt.State.DONE).select_related("release").order_by("pk")
    )
