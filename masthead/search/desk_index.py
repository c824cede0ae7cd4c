"""
The index behind the desk's search and choosers, as far as articles are concerned.

Wagtail would write it at every save. A new article and a new headline are told in a job of their
own, a release in the job that tells the readers' search.
"""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save
from modelsearch import index
from modelsearch.tasks import insert_or_update_object_task

from masthead.articles.models import ArticlePage


def keep_articles_in_index() -> None:
    post_save.connect(_on_saved, sender=ArticlePage, dispatch_uid="desk_index_saved")
    post_delete.connect(_on_deleted, sender=ArticlePage, dispatch_uid="desk_index_deleted")


def index_for_desk(article: ArticlePage) -> None:
    index.insert_or_update_object(article)


def _on_saved(
    instance: ArticlePage,
    *,
    created: bool,
    update_fields: Collection[str] | None,
    raw: bool = False,
    **_more: Any,
) -> None:
    if not raw and (created or (update_fields is not None and "draft_title" in update_fields)):
        insert_or_update_object_task.enqueue("articles", "articlepage", str(instance.pk))


def _on_deleted(instance: ArticlePage, **_more: Any) -> None:
    index.remove_object(instance)
