"""Writes: what the index knows."""

from collections.abc import Collection

from django.db import connection, transaction

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.publishing.queries import get_release, published_rows
from masthead.search.desk_index import index_for_desk
from masthead.search.entries import SLOTS, fill_entry, place_of
from masthead.search.models import SearchEntry
from masthead.search.vocabulary import Tally

AT_ONCE = 100  # articles of one transaction, so that other writers need not wait


def index_release(*, release_id: int) -> None:
    """
    Make the index hold exactly what is live of the released article. May be called again.

    Of a members' article only what everybody may read is indexed.
    """
    release = get_release(release_id)
    with transaction.atomic():
        index_published(list(published_rows(release.article_id)))
        index_for_desk(ArticlePage.objects.get(pk=release.article_id))


def index_published(rows: Collection[PublishedArticle]) -> None:
    """
    Make the index hold what is live of these, and nothing of the others. One transaction.

    rows: with their text and outlet, AT_ONCE at most.
    """
    tally = Tally()
    live = [row for row in rows if row.state == PublishedArticle.State.LIVE]
    with transaction.atomic():
        known = SearchEntry.objects.filter(published__in=[row.pk for row in rows])
        before = {entry.published_id: entry for entry in known}
        for entry in before.values():
            tally.goes(entry)
        kept = {row.pk for row in live if _stays(before.get(row.pk), row)}
        SearchEntry.objects.filter(
            pk__in=[entry.pk for of, entry in before.items() if of not in kept]
        ).delete()
        entries = [
            *(_renewed(before[row.pk], row) for row in live if row.pk in kept),
            *_added([row for row in live if row.pk not in kept]),
        ]
        if connection.vendor == "postgresql":
            from masthead.search.postgres import write_vectors

            write_vectors(entries)
        for entry in entries:
            tally.comes(entry)
        tally.write()


def _stays(entry: SearchEntry | None, row: PublishedArticle) -> bool:
    """Whether it keeps its place among the others."""
    first = place_of(row.published_at)
    return entry is not None and first <= entry.pk < first + (1 << SLOTS)


def _renewed(entry: SearchEntry, row: PublishedArticle) -> SearchEntry:
    fill_entry(entry, row).save(force_update=True)
    return entry


def _added(rows: list[PublishedArticle]) -> list[SearchEntry]:
    taken: set[int] = set()
    entries = []
    for row in rows:
        place = _free_place(row, taken)
        taken.add(place)
        entries.append(fill_entry(SearchEntry(pk=place), row))
    return SearchEntry.objects.bulk_create(entries)


def _free_place(row: PublishedArticle, taken: set[int]) -> int:
    """Sixteen articles of a second have a place each; what more there are, those after them."""
    place = place_of(row.published_at) + row.pk % (1 << SLOTS)
    while True:
        stretch = range(place, place + 64)
        near = SearchEntry.objects.filter(pk__gte=stretch.start, pk__lt=stretch.stop)
        full = taken.union(near.values_list("pk", flat=True))
        free = next((each for each in stretch if each not in full), None)
        if free is not None:
            return free
        place = stretch.stop
