"""Reads of the full-text index."""

from django.db import connection

from masthead.articles.queries import Listing, Place, listing, live_articles
from masthead.search.limits import statement_limit
from masthead.search.query import SearchQuery

# Newest matches first, and never more of them than this: a search is one bounded walk.
MOST_MATCHES = 300


def find_matches(query: SearchQuery, *, outlet_id: int) -> list[int]:
    """
    Ids of `PublishedArticle`, newest first, at most MOST_MATCHES. One query.

    Raises SearchBusy when the database takes too long.
    """
    if query.is_empty:
        return []
    if connection.vendor == "postgresql":
        terms, phrases = query.as_tsquery()
        sql = (
            "SELECT published_id FROM search_searchentry"  # noqa: S608  (terms: constant pieces)
            f" WHERE vector @@ ({terms}) AND outlet_id = %s"
            " ORDER BY published_id DESC LIMIT %s"
        )
        parameters: list[str | int] = [*phrases, outlet_id, MOST_MATCHES]
    else:
        # The index's rowid is the entry's id; entries of newer articles have higher ids.
        sql = (
            "SELECT entry.published_id FROM search_index"
            " JOIN search_searchentry entry ON entry.id = search_index.rowid"
            " WHERE search_index MATCH %s AND entry.outlet_id = %s"
            " ORDER BY search_index.rowid DESC LIMIT %s"
        )
        parameters = [query.as_fts5(), outlet_id, MOST_MATCHES]
    with statement_limit(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def search_articles(
    query: SearchQuery, *, outlet_id: int, before: Place | None, after: Place | None
) -> tuple[Listing, int]:
    """One page of matches, newest first, and how many there are (counted up to MOST_MATCHES)."""
    ids = find_matches(query, outlet_id=outlet_id)
    return listing(live_articles().filter(pk__in=ids), before=before, after=after), len(ids)
