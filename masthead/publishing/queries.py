"""Reads of the public record."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat
from wagtail.models import Page

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.outlets.models import Section
from masthead.publishing.models import Receipt, Release, Version

# A public row's address as Wagtail writes it, e.g. "/courier/port/night-trial/".
ADDRESS = Concat(Value("/"), "outlet__slug", Value("/"), "path", output_field=TextField())


def versions_of(article_id: int) -> QuerySet[Version]:
    return Version.objects.filter(article=article_id).select_related("by").order_by("-number")


def version_ids(of: Iterable[tuple[int, int]]) -> dict[int, int]:
    """
    The rows of versions by their articles. of: pairs of an article and its version's number.

    At most one query. Raises KeyError for what is no version.
    """
    wanted = dict(of)
    if not wanted:
        return {}
    rows = Version.objects.filter(article__in=wanted, number__in=set(wanted.values()))
    found = {
        (article, number): pk for pk, article, number in rows.values_list("pk", "article", "number")
    }
    return {article: found[article, number] for article, number in wanted.items()}


def releases_of(article_id: int) -> QuerySet[Release]:
    return (
        Release.objects.filter(article=article_id)
        .select_related("by", "version")
        .prefetch_related("receipts")
        .order_by("-at", "-pk")
    )


def get_release(release_id: int) -> Release:
    return Release.objects.select_related("article", "version").get(pk=release_id)


def find_released(pages: Iterable[Page]) -> ArticlePage | None:
    """An article that was ever public, at or below one of the given pages."""
    for page in pages:
        below = ArticlePage.objects.descendant_of(page, inclusive=True)
        found: ArticlePage | None = below.filter(versions__isnull=False).order_by("path").first()
        if found is not None:
            return found
    return None


def published_rows(article_id: int) -> QuerySet[PublishedArticle]:
    return PublishedArticle.objects.filter(article=article_id).select_related("text", "outlet")


def published_by_ids(ids: Collection[int]) -> list[PublishedArticle]:
    """With text and outlet. One query."""
    return list(PublishedArticle.objects.filter(pk__in=ids).select_related("text", "outlet"))


def out_of_step(*, since: datetime, most: int = 100) -> list[int]:
    """
    Live articles whose release was recorded since then, without a public row that shows it at
    the article's address. One query.

    Release, version and row are one transaction, so this finds what a restore or a hand in the
    database left behind.
    """
    shown = PublishedArticle.objects.annotate(address=ADDRESS).filter(
        article=OuterRef("article"),
        state=PublishedArticle.State.LIVE,
        version_number__gte=OuterRef("version__number"),
        address=OuterRef("article__url_path"),
    )
    behind = Release.objects.filter(
        ~Exists(shown), recorded_at__gte=since, article__live=True, version__isnull=False
    )
    return list(behind.values_list("article_id", flat=True).distinct()[:most])


def rows_left_behind() -> list[PublishedArticle]:
    """
    The oldest live row of each section, where it is not at its article's address. One query.

    One lookup a section, however many articles: they all moved, or none. The oldest, because a
    new release mends the newest one's row by itself.
    """
    oldest = (
        PublishedArticle.objects.filter(
            section_id=OuterRef("pk"), state=PublishedArticle.State.LIVE
        )
        .order_by("published_at", "pk")
        .values("pk")[:1]
    )
    sections = Section.objects.annotate(oldest=Subquery(oldest)).values("oldest")
    rows = PublishedArticle.objects.filter(pk__in=sections).annotate(address=ADDRESS)
    return list(rows.exclude(address=F("article__url_path")).select_related("article"))


def receipts_outstanding() -> QuerySet[Receipt]:
    return (
        Receipt.objects.exclude(state=Receipt.State.DONE).select_related("release").order_by("pk")
    )
