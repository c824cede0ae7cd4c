"""Published articles with the texts of a collection, in the same order."""

import json
from collections.abc import Iterable

from django.db import connection, transaction

from benchmarks.fill import fill
from benchmarks.newsroom import Newsroom
from benchmarks.related.texts import Text
from masthead.articles.models import ListedTopic, PublishedArticle, PublishedText

AT_ONCE = 2_000
TEXT = "UPDATE articles_publishedtext SET snapshot = %s WHERE published_id = %s"
ROW = "UPDATE articles_publishedarticle SET headline = %s, published_at = %s WHERE id = %s"


def publish_texts(newsroom: Newsroom, texts: Iterable[Text], *, number: int) -> list[int]:
    """The public rows, one a text. Topics are taken from them: lists are to be made by words."""
    fill(newsroom, until=PublishedArticle.objects.count() + number)
    rows = list(PublishedArticle.objects.order_by("pk").values_list("pk", flat=True))[-number:]
    like = PublishedText.objects.get(published=rows[0]).snapshot
    given = iter(texts)
    for first in range(0, number, AT_ONCE):
        some = [(row, next(given)) for row in rows[first : first + AT_ONCE]]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(TEXT, [(_snapshot(like, text), row) for row, text in some])
            cursor.executemany(ROW, [(text.headline[:255], text.date, row) for row, text in some])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ListedTopic._meta.db_table}")
    return rows


def _snapshot(like: dict[str, object], text: Text) -> str:
    paragraphs = [{"kind": "text", "html": f"<p>{each}</p>"} for each in _escaped(text.text)]
    own = {"headline": text.headline, "standfirst": "", "body": paragraphs, "topics": []}
    return json.dumps({**like, **own})


def _escaped(text: str) -> list[str]:
    clean = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return [each for each in clean.split("\n") if each.strip()] or [""]
