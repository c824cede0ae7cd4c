"""The readers' full-text index: one row a public address, written when an article is released."""

from django.db import models


class SearchEntry(models.Model):
    """
    The words of one live article on one outlet.

    id: its place in time, see `entries.place_of`; the newest article has the highest.
    version_number: of the version these words are of; while readers have another one, the article
    is not found. form: of the index, see `entries.FORM`.
    stems_…: the same words as `masthead.core.words` stems them, in order, blanks between.
    marks: the outlet, section, kind, language and authors as words of the index. heads: the
    headline's words as they are written, and the outlet's mark.

    SQLite: `search_index` over the stems and `search_heads` over the heads, external-content FTS5
    tables kept by triggers. PostgreSQL: `search_vector`, written by `search.postgres`, and the
    generated column `heads_vector`, both with GIN indexes.
    """

    id = models.BigIntegerField(primary_key=True)
    published = models.OneToOneField(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="+"
    )
    version_number = models.PositiveIntegerField()
    form = models.PositiveSmallIntegerField()
    outlet_id = models.BigIntegerField()
    section_id = models.BigIntegerField()
    language = models.CharField(max_length=20)
    marks = models.TextField()
    heads = models.TextField()
    headline = models.TextField()
    standfirst = models.TextField(blank=True)
    byline = models.TextField(blank=True)
    topics = models.TextField(blank=True)
    captions = models.TextField(blank=True)
    body = models.TextField(blank=True)
    stems_headline = models.TextField()
    stems_standfirst = models.TextField(blank=True)
    stems_about = models.TextField(blank=True)
    stems_body = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["outlet_id", "form"], name="search_entry_form")]

    def __str__(self) -> str:
        return self.headline


class SearchWord(models.Model):
    """
    How many entries of an outlet hold a word: for "did you mean", and to weigh it.

    word: folded, not stemmed; the empty word counts all entries. Rows at nought are taken away.
    """

    outlet_id = models.BigIntegerField()
    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)
    entries = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet_id", "word"], name="search_word_once")
        ]
        indexes = [models.Index(fields=["outlet_id", "stem"], name="search_word_stem")]

    def __str__(self) -> str:
        return self.word
