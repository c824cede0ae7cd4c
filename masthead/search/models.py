"""The readers' full-text index: one row a public address, written when an article is released."""

from django.db import models


class SearchEntry(models.Model):
    """
    The words of one live article on one outlet.

    SQLite: `search_index`, an external-content FTS5 table over these columns, kept by triggers.
    PostgreSQL: `vector`, a generated tsvector with a GIN index. Both made in the first migration.
    """

    published = models.OneToOneField(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="+"
    )
    outlet_id = models.BigIntegerField(db_index=True)
    headline = models.TextField()
    standfirst = models.TextField(blank=True)
    byline = models.TextField(blank=True)
    topics = models.TextField(blank=True)
    body = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.headline
