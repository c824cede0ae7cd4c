"""Writes: what the index knows."""

from django.db import transaction

from masthead.articles.models import Access, ArticlePage, PublishedArticle
from masthead.articles.snapshot import plain_body
from masthead.publishing.queries import get_release, published_rows
from masthead.search.desk_index import index_for_desk
from masthead.search.models import SearchEntry


def index_release(*, release_id: int) -> None:
    """
    Make the index hold exactly what is live of the released article. May be called again.

    Of a members' article only what everybody may read is indexed.
    """
    release = get_release(release_id)
    with transaction.atomic():
        for published in published_rows(release.article_id):
            if published.state == PublishedArticle.State.LIVE:
                index_published(published)
            else:
                SearchEntry.objects.filter(published=published).delete()
        index_for_desk(ArticlePage.objects.get(pk=release.article_id))


def index_published(published: PublishedArticle) -> None:
    snapshot = published.text.snapshot
    is_open = published.access == Access.OPEN
    SearchEntry.objects.update_or_create(
        published=published,
        defaults={
            "outlet_id": published.outlet_id,
            "headline": snapshot["headline"],
            "standfirst": snapshot["standfirst"],
            "byline": published.byline,
            "topics": " ".join(topic["name"] for topic in snapshot["topics"]),
            "body": plain_body(snapshot) if is_open else "",
        },
    )
