"""The index on SQLite: FTS5, which triggers keep; rows come newest first, so a search can stop."""

from django.db import connection

from masthead.search.asked import Asked

# What is live, in the version that the index knows.
LIVE = (
    " JOIN search_searchentry entry ON entry.id = {index}.rowid"
    " JOIN articles_publishedarticle article ON article.id = entry.published_id"
    " AND article.state = 'live' AND article.version_number = entry.version_number"
)


def find(asked: Asked, *, most: int, oldest_first: bool = False) -> list[int]:
    order = "ASC" if oldest_first else "DESC"
    sql = (
        "SELECT search_index.rowid FROM search_index"  # noqa: S608  (constant pieces)
        + LIVE.format(index="search_index")
        + " WHERE search_index MATCH %s AND search_index.rowid BETWEEN %s AND %s"
        f" ORDER BY search_index.rowid {order} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked.as_fts5(), asked.first, asked.last, most])
        return [row[0] for row in cursor.fetchall()]


def find_heads(words: list[str], *, mark: str, most: int) -> list[int]:
    """Entries whose headline has these words, of the last one its beginning; newest first."""
    *whole, begun = words
    match = " AND ".join([*(f'"{word}"' for word in whole), f'"{begun}" *', f'"{mark}"'])
    sql = (
        "SELECT search_heads.rowid FROM search_heads"  # noqa: S608  (constant pieces)
        + LIVE.format(index="search_heads")
        + " WHERE search_heads MATCH %s ORDER BY search_heads.rowid DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, most])
        return [row[0] for row in cursor.fetchall()]
