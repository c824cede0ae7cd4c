"""`masthead rebuild`: writes what readers' pages read again from the record."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

from masthead.cli.groups import data_option, with_django

ROWS_AT_ONCE = 500
Thing = TypeVar("Thing")


@click.command()
@data_option
@with_django
def command(data: Path) -> None:
    """Write public pages' rows and the search index again from the newest versions."""
    from django.utils import timezone

    from masthead.articles.models import ArticlePage, PublishedArticle
    from masthead.outlets.actions import write_sheets
    from masthead.publishing.actions import refresh_read_model
    from masthead.publishing.queries import published_by_ids
    from masthead.search.actions import AT_ONCE, index_published
    from masthead.search.desk_index import index_for_desk
    from masthead.search.vocabulary import count_words_anew

    write_sheets(at=timezone.now())
    ids = ArticlePage.objects.live().values_list("pk", flat=True)
    _each("Articles", list(ids), lambda pk: refresh_read_model(article_id=pk))
    rows = list(PublishedArticle.objects.order_by("pk").values_list("pk", flat=True))
    batches = [rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE)]
    _each("Search index", batches, lambda some: index_published(published_by_ids(some)))
    count_words_anew()
    articles = ArticlePage.objects.all()
    _each("Desk search", articles.iterator(ROWS_AT_ONCE), index_for_desk, length=articles.count())


def _each(
    label: str, things: Iterable[Thing], do: Callable[[Thing], object], *, length: int | None = None
) -> None:
    with click.progressbar(things, length=length, label=label, file=sys.stderr) as bar:
        for thing in bar:
            do(thing)
