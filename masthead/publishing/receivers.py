"""Wagtail's signals, through which every doorway to publishing passes."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from masthead.articles.acting import acting_user
from masthead.articles.models import ArticlePage
from masthead.outlets.addresses import path_below
from masthead.outlets.queries import find_outlet_before, find_outlet_of
from masthead.publishing.actions.addresses import move_published
from masthead.publishing.actions.release import record_publish, record_withdrawal
from masthead.publishing.jobs import refile_section
from masthead.publishing.release_words import words_now


def on_published(sender: type[Page], instance: Page, revision: Any = None, **_: Any) -> None:
    if isinstance(instance, ArticlePage) and instance.live:
        words = words_now()
        record_publish(
            article=instance,
            revision_id=revision.pk if revision else None,
            by=acting_user(),
            at=words.at or instance.last_published_at or timezone.now(),
            note=words.note,
            act=words.act,
        )


def on_unpublished(sender: type[Page], instance: Page, **_: Any) -> None:
    # Wagtail sends this before a page is deleted too, with the row still live. A release written
    # then would outlive its article, and the commit would fail.
    if isinstance(instance, ArticlePage) and not instance.live:
        words = words_now()
        record_withdrawal(
            article=instance,
            by=acting_user(),
            at=words.at or timezone.now(),
            reason=words.note or instance.withdrawn_reason,
        )


def on_slug_changed(sender: type[Page], instance: Page, instance_before: Page, **_: Any) -> None:
    _follow(instance, instance_before.url_path, instance.url_path)


def on_moved(
    sender: type[Page], instance: Page, url_path_before: str, url_path_after: str, **_: Any
) -> None:
    _follow(instance, url_path_before, url_path_after)
    is_elsewhere = url_path_before.split("/")[1] != url_path_after.split("/")[1]
    refile_section.later(page_id=instance.pk, tell=is_elsewhere)


def _follow(page: Page, before: str, after: str) -> None:
    outlet = find_outlet_of(page)
    former = outlet and find_outlet_before(outlet, before=before, after=after)
    if outlet is None or former is None or not path_below(before) or before == after:
        return
    move_published(
        from_outlet_id=former.pk,
        old_path=path_below(before),
        to_outlet_id=outlet.pk,
        new_path=path_below(after),
        at=timezone.now(),
    )
