"""
The index on PostgreSQL: vectors that we make ourselves, under GIN.

GIN answers in no order. What many entries have is therefore looked for among the newest first,
row by row, and only when that does not give enough by GIN and sorting. The planner would not know
what it costs to read a vector that lies outside its row, so it is left no other way: it may not
read whole tables (`SETTINGS`), nor go through the ids in order (`+ 0`).
"""

import math
from collections.abc import Iterable, Sequence

from django.db import connection

from masthead.search.asked import Asked
from masthead.search.entries import STEMS
from masthead.search.models import SearchEntry
from masthead.search.vocabulary import frequencies

WEIGHTS = "ABCD"
GAP = 10  # places between two texts, so that no phrase reaches over
MOST_PLACES = 16_383
# Reading so many rows in order takes some 8 ms, as long as GIN takes for as many that match.
WALKED = 5_000
WALKED_HEADS = 2_000

# For the transaction that a search is.
SETTINGS = "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)"
LIVE = (
    "SELECT entry.id FROM found JOIN search_searchentry entry ON entry.id = found.id"
    " JOIN articles_publishedarticle article ON article.id = entry.published_id"
    " AND article.state = 'live' AND article.version_number = entry.version_number"
)


def write_vectors(entries: Iterable[SearchEntry]) -> None:
    rows = [(entry.pk, vector_text(entry)) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_vector (entry_id, vector) VALUES (%s, %s::tsvector)"
            " ON CONFLICT (entry_id) DO UPDATE SET vector = excluded.vector",
            rows,
        )


def vector_text(entry: SearchEntry) -> str:
    """
    A tsvector as it is written: each stem with its places and their weight.

    Made here, because PostgreSQL's parser would part words in ways of its own.
    """
    places: dict[str, list[str]] = {mark: [] for mark in entry.marks.split()}
    place = 1
    for name, weight in zip(STEMS, WEIGHTS, strict=True):
        for stem in getattr(entry, name).split():
            if place <= MOST_PLACES:
                places.setdefault(stem, []).append(f"{place}{weight}")
            place += 1
        place += GAP
    lexemes = (f"'{stem}'" + (":" + ",".join(at) if at else "") for stem, at in places.items())
    return " ".join(lexemes)


def find(asked: Asked, *, most: int, oldest_first: bool = False) -> list[int]:
    if not oldest_first and _is_worth_walking(asked, most=most):
        found = _walk(asked, most=most)
        if len(found) == most:
            return found
    order = "ASC" if oldest_first else "DESC"
    sql = (
        "WITH found AS MATERIALIZED (SELECT entry_id AS id FROM search_vector"  # noqa: S608
        " WHERE vector @@ %s::tsquery AND entry_id BETWEEN %s AND %s"
        f" ORDER BY entry_id + 0 {order} LIMIT %s) {LIVE} ORDER BY entry.id {order}"
    )
    return _rows(sql, [asked.as_tsquery(), asked.first, asked.last, most])


def _walk(asked: Asked, *, most: int) -> list[int]:
    """Among the newest alone: read in their order, and no further than is wanted."""
    sql = (
        "WITH found AS MATERIALIZED (SELECT id FROM"  # noqa: S608
        " (SELECT entry_id AS id, vector FROM search_vector"
        " WHERE entry_id BETWEEN %s AND %s ORDER BY entry_id DESC LIMIT %s) newest"
        " WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT %s)"
        f" {LIVE} ORDER BY entry.id DESC"
    )
    return _rows(sql, [asked.first, asked.last, WALKED, asked.as_tsquery(), most])


def _is_worth_walking(asked: Asked, *, most: int) -> bool:
    """Whether so many matches are to be expected among the newest, words being where they like."""
    known = frequencies(asked.stems, outlet_ids=asked.outlet_ids)
    total = known[""] or 1
    share = math.prod(known.get(stem, 0) / total for stem in asked.stems)
    return share * min(WALKED, total) >= most


def find_heads(words: list[str], *, mark: str, most: int) -> list[int]:
    """Entries whose headline has these words, of the last one its beginning; newest first."""
    *whole, begun = words
    query = " & ".join([*(f"'{word}'" for word in whole), f"'{begun}':*", f"'{mark}'"])
    walked = (
        "WITH found AS MATERIALIZED (SELECT id FROM"  # noqa: S608
        " (SELECT id, heads_vector FROM search_searchentry ORDER BY id DESC LIMIT %s) newest"
        " WHERE heads_vector @@ %s::tsquery ORDER BY id DESC LIMIT %s)"
        f" {LIVE} ORDER BY entry.id DESC LIMIT %s"
    )
    found = _rows(walked, [WALKED_HEADS, query, 2 * most, most])  # some may have gone since
    if len(found) == most:
        return found
    sql = (
        "WITH found AS MATERIALIZED (SELECT id FROM search_searchentry"  # noqa: S608
        " WHERE heads_vector @@ %s::tsquery ORDER BY id + 0 DESC LIMIT %s)"
        f" {LIVE} ORDER BY entry.id DESC"
    )
    return _rows(sql, [query, most])


def _rows(sql: str, parameters: Sequence[int | str]) -> list[int]:
    """Call inside a transaction: the settings end with it."""
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]
