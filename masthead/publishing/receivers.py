"""Wagtail's signals, through which every doorway to publishing passes."""

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from wagtail.models import Page

from masthead.articles.acting import acting_user
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
    _rewrite_paths(instance.path, instance_before.url_path, instance.url_path)


def on_moved(
    sender: type[Page], instance: Page, url_path_before: str, url_path_after: str, **_: Any
) -> None:
    _rewrite_paths(instance.path, url_path_before, url_path_after)
    refile_section.later(page_id=instance.pk)


def _rewrite_paths(tree_path: str, before: str, after: str) -> None:
    """One UPDATE over a range of addresses, however many articles lie below."""
    old, new = path_below(before), path_below(after)
    outlet = Outlet.objects.filter(path=tree_path[: 2 * Page.steplen]).first()
    former = outlet and _outlet_before(outlet, before=before, after=after)
    if former is None or not old or before == after:
        return
    # Compared as text, not as a range: PostgreSQL orders by a language's rules, SQLite by bytes.
    below = PublishedArticle.objects.filter(outlet=former).annotate(
        head=Substr("path", 1, len(old))
    )
    below.filter(head=old).update(
        outlet=outlet, path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )


def _outlet_before(outlet: Outlet, *, before: str, after: str) -> Outlet | None:
    """The outlet that a page at `before` belonged to; most moves stay within one."""
    slug = before.split("/")[1]
    if slug == after.split("/")[1]:
        return outlet
    return Outlet.objects.filter(slug=slug).first()
