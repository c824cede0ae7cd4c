"""The newsroom's acts: publish, schedule, withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage
from masthead.publishing.models import Release, Version
from masthead.publishing.release_words import release_words
from masthead.publishing.rules import may_publish


class ReleaseError(Exception):
    """A release that cannot be made; the text can be shown to a person."""


class NotAllowed(ReleaseError):
    pass


class NothingChanged(ReleaseError):
    pass


class NotLive(ReleaseError):
    pass


class AlreadyWithdrawn(ReleaseError):
    pass


class TooEarly(ReleaseError):
    pass


class StillToCome(ReleaseError):
    pass


def publish_article(
    *, article: ArticlePage, by: User | None, at: datetime, note: str = "", correction: bool = False
) -> Version:
    """
    Make the article's latest draft the version readers see.

    One write transaction: a Version (number counts from 1 per article), a Release with a Receipt
    for each way out, and the read model. The ways out follow as jobs, at least once each.

    by: None for the program itself (a schedule, an import).
    correction: what was wrong is put right; readers are told the note, which is otherwise for
    colleagues alone.
    at: aware UTC, not in the future; the past is for articles that were published elsewhere.
    Raises NotAllowed, NothingChanged, StillToCome.
    """
    _check(article, by)
    if at > timezone.now():
        raise StillToCome(_("That moment is still to come; schedule the article instead."))
    with transaction.atomic():
        article = _as_it_is_now(article)
        revision = article.latest_revision or article.save_revision(user=by)
        if article.live and article.live_revision_id == revision.pk and not article.go_live_at:
            raise NothingChanged(_("Nothing has changed since this article was published."))
        words = release_words(note=note, act=Release.Act.CORRECT if correction else None, at=at)
        with words:
            _publish(article=article, revision=revision, by=by, at=at)
        ArticlePage.objects.filter(pk=article.pk).update(last_published_at=at)
        return Version.objects.filter(article=article).latest("number")


def _publish(*, article: ArticlePage, revision: Revision, by: User | None, at: datetime) -> None:
    """Wagtail publishes what the revision says, so a plan and a missing first date go in there."""
    revision.content["go_live_at"] = None
    revision.content["first_published_at"] = (article.first_published_at or at).isoformat()
    revision.save(update_fields=["content"])
    article.publish(revision, user=by, skip_permission_checks=True)


def schedule_article(*, article: ArticlePage, by: User | None, at: datetime, now: datetime) -> None:
    """
    Publish the latest draft at a moment to come, to the second, whoever is awake then.

    at: aware UTC, after `now`. A later draft does not go out with it.
    Raises NotAllowed, TooEarly.
    """
    _check(article, by)
    if at <= now:
        raise TooEarly(_("That moment has passed; publish the article now instead."))
    with transaction.atomic():
        draft = _as_it_is_now(article).get_latest_revision_as_object()
        draft.go_live_at = at
        revision = draft.save_revision(user=by, log_action=True)
        revision.publish(user=by, skip_permission_checks=True)


def cancel_schedule(*, article: ArticlePage, by: User | None) -> None:
    """Take back a planned publication. Raises NotAllowed, NothingChanged when none is planned."""
    _check(article, by)
    with transaction.atomic():
        planned = article.revisions.exclude(approved_go_live_at=None)
        if not planned.update(approved_go_live_at=None):
            raise NothingChanged(_("No publication of this article is planned."))
        draft = _as_it_is_now(article).get_latest_revision_as_object()
        draft.go_live_at = None
        draft.save_revision(user=by)


def withdraw_article(
    *, article: ArticlePage, by: User | None, at: datetime, reason: str
) -> Release:
    """
    Take a published article away; its address answers 410 with the reason from then on.

    Raises NotAllowed, NotLive.
    """
    _check(article, by)
    if not article.live:
        raise NotLive(_("This article is not published, so there is nothing to withdraw."))
    with transaction.atomic(), release_words(note=reason, at=at):
        page = ArticlePage.objects.get(pk=article.pk)
        page.withdrawn_reason = reason
        page.save(update_fields=["withdrawn_reason"], clean=False)
        page.unpublish(user=by)
    article.refresh_from_db()
    return Release.objects.filter(article=article).latest("pk")


def _as_it_is_now(article: ArticlePage) -> ArticlePage:
    """What a caller holds may be older than the newest draft."""
    return ArticlePage.objects.get(pk=article.pk)


def _check(article: ArticlePage, by: User | None) -> None:
    if by is not None and not may_publish(by, article):
        raise NotAllowed(_("You may not publish in this section."))
