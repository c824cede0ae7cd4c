"""`masthead rebuild`: writes what readers' pages read again from the record."""

import sys
from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django


@click.command()
@data_option
@with_django
def command(data: Path) -> None:
    """Write public pages' rows and the search index again from the newest versions."""
    from django.utils import timezone

    from masthead.articles.models import ArticlePage, PublishedArticle
    from masthead.outlets.actions import write_sheets
    from masthead.publishing.actions import refresh_read_model
    from masthead.search.actions import index_published
    from masthead.search.desk_index import index_for_desk

    write_sheets(at=timezone.now())
    ids = list(ArticlePage.objects.live().values_list("pk", flat=True))
    with click.progressbar(ids, label="Articles", file=sys.stderr) as bar:
        for article_id in bar:
            refresh_read_model(article_id=article_id)
    rows = PublishedArticle.objects.filter(state="live").select_related("text")
    with click.progressbar(
        rows.iterator(chunk_size=500),
        length=rows.count(),
        label="Search index",
        file=sys.stderr,
    ) as bar:
        for published in bar:
            index_published(published)
    articles = ArticlePage.objects.all()
    with click.progressbar(
        articles.iterator(chunk_size=500),
        length=articles.count(),
        label="Desk search",
        file=sys.stderr,
    ) as bar:
        for article in bar:
            index_for_desk(article)
