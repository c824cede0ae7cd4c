"""What the desk lists: the articles at hand, where somebody may write, who has what open."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.admin.models import EditingSession
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.outlets.models import Outlet, Section

MOST_AT_HAND = 200
WITHDRAWN_DAYS = 7
# An open editor pings every thirty seconds.
STILL_OPEN_SECONDS = 90
_REVIEW = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]


def articles_of(user: User) -> QuerySet[ArticlePage]:
    """The articles in the parts of the network somebody works in."""
    if user.is_superuser and user.is_active:
        return ArticlePage.objects.all()
    return ArticlePage.objects.filter(_below_places_of(user))


def _below_places_of(user: User, *, codename: str | None = None) -> Q:
    rows = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    match = Q(pk=None)
    for path in {r.page.path for r in rows if codename in (None, r.permission.codename)}:
        # A range is answered from the index; on SQLite LIKE is not.
        match |= Q(path__gte=path, path__lt=f"{path}~")
    return match


def at_hand(user: User, *, outlet: Outlet | None, now: datetime, today: datetime) -> Any:
    """
    What the board shows, newest first: unpublished work, plans, today's releases, withdrawals.

    today: the moment the newsroom's day began. One query, with the latest revision of each.
    """
    long_gone = now - timedelta(days=WITHDRAWN_DAYS)
    articles = articles_of(user).filter(
        Q(live=False) | Q(has_unpublished_changes=True) | Q(last_published_at__gte=today)
    )
    if outlet is not None:
        articles = articles.filter(path__gte=outlet.path, path__lt=f"{outlet.path}~")
    return (
        articles.annotate(
            planned_at=Subquery(_planned().values("approved_go_live_at")[:1]),
            review=Subquery(_reviews().values("status")[:1]),
            withdrawn_at=Subquery(
                PublishedArticle.objects.filter(article=OuterRef("pk")).values("withdrawn_at")[:1]
            ),
        )
        .filter(
            Q(live=True)
            | Q(withdrawn_at__isnull=True)
            | Q(withdrawn_at__gte=long_gone)
            | Q(planned_at__isnull=False)
        )
        .select_related("latest_revision", "locked_by", "owner")
        .defer("body")
        .order_by("-latest_revision_created_at", "-pk")[:MOST_AT_HAND]
    )


def _planned() -> QuerySet[Revision]:
    return Revision.page_revisions.filter(
        object_id=Cast(OuterRef("pk"), CharField()), approved_go_live_at__isnull=False
    ).order_by("approved_go_live_at")


def _reviews() -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField()),
        base_content_type__app_label="wagtailcore",
        status__in=_REVIEW,
    ).order_by("-pk")


def outlets_of(user: User) -> list[Outlet]:
    """The outlets somebody works in, in the network's order."""
    outlets = Outlet.objects.order_by("path")
    if user.is_superuser and user.is_active:
        return list(outlets)
    rows = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    step = Page.steplen * 2
    return list(outlets.filter(path__in={row.page.path[:step] for row in rows}))


def sections_to_write_in(user: User) -> list[Section]:
    """The sections in which somebody may begin an article, in tree order."""
    sections = Section.objects.order_by("path")
    if user.is_superuser and user.is_active:
        return list(sections)
    return list(sections.filter(_below_places_of(user, codename="add_page")))


def open_editors(
    articles: Iterable[ArticlePage], *, now: datetime, besides: User
) -> dict[int, str]:
    """Who else has which article open just now, by the article's id. One query."""
    sessions = EditingSession.objects.filter(
        object_id__in=[str(article.pk) for article in articles],
        content_type__app_label="articles",
        last_seen_at__gte=now - timedelta(seconds=STILL_OPEN_SECONDS),
    ).exclude(user=besides)
    return {int(each.object_id): str(each.user) for each in sessions.select_related("user")}
