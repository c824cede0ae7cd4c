"""Wagtail's signals, through which every doorway to publishing passes."""

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from wagtail.models import Page

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.outlets.addresses import path_below
from masthead.outlets.models import Outlet
from masthead.publishing.actions.release import record_publish, record_withdrawal
from masthead.publishing.jobs import refile_section
from masthead.publishing.words import words_now


def on_published(sender: type[Page], instance: Page, revision: Any = None, **_: Any) -> None:
    if isinstance(instance, ArticlePage) and instance.live:
        words = words_now()
        record_publish(
            article=instance,
            revision_id=revision.pk if revision else None,
            by=revision.user if revision else None,
            at=words.at or instance.last_published_at or timezone.now(),
            note=words.note,
            act=words.act,
        )


def on_unpublished(sender: type[Page], instance: Page, **_: Any) -> None:
    if isinstance(instance, ArticlePage):
        words = words_now()
        record_withdrawal(
            article=instance,
            by=None,
            at=words.at or timezone.now(),
            reason=words.note or instance.withdrawn_reason,
        )


def on_slug_changed(sender: type[Page], instance: Page, instance_before: Page, **_: Any) -> None:
    _rewrite_paths(instance, instance_before.url_path, instance.url_path)


def on_moved(
    sender: type[Page], instance: Page, url_path_before: str, url_path_after: str, **_: Any
) -> None:
    _rewrite_paths(instance, url_path_before, url_path_after)
    refile_section.later(page_id=instance.pk)


def _rewrite_paths(page: Page, before: str, after: str) -> None:
    """One UPDATE over a range of addresses, however many articles lie below."""
    outlet = Outlet.objects.filter(path=page.path[: 2 * Page.steplen]).first()
    old, new = path_below(before), path_below(after)
    if outlet is None or not old or old == new:
        return
    PublishedArticle.objects.filter(
        outlet=outlet, path__gte=old, path__lt=old[:-1] + chr(ord("/") + 1)
    ).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
