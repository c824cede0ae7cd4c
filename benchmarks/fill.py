"""
A bulk filler: up to 200,000 published articles, thousands a second.

Wagtail's own `add_child` takes 31 ms a page, so tree paths are computed and rows written straight
into the tables: page, article, byline and topic, version, release, receipts and the read model.
Left out, because readers' pages and publishing read neither: revisions and index entries.
"""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from wagtail.models import Locale, Page

from benchmarks.newsroom import Newsroom, article_of
from benchmarks.scratch import tell
from benchmarks.tables import Table, count_on_from, set_sequences
from masthead.articles.models import (
    ArticleAuthor,
    ArticlePage,
    ListedAuthor,
    ListedTopic,
    PublishedArticle,
    PublishedText,
)
from masthead.articles.snapshot import snapshot_article
from masthead.core.ids import uuid7
from masthead.outlets.models import Section
from masthead.publishing.models import Receipt, Release, Version
from masthead.publishing.on_release import ways_out

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
APART = timedelta(minutes=10)
PER_TRANSACTION = 5_000
IN_QUIET_SECTION = 50
ArticleTopic: Any = ArticlePage.topics.through


@dataclass(frozen=True)
class Filled:
    """How many articles were added, and in how long."""

    articles: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.articles / self.seconds if self.seconds else 0.0


def fill(newsroom: Newsroom, *, until: int, adds: Callable[[int], str] | None = None) -> Filled:
    """
    Add articles until there are so many. Raises ValueError when the tree is then unsound.

    adds: a paragraph of each article's own, by its number, so that they are not all alike.
    """
    have = ArticlePage.objects.count()
    began = time.perf_counter()
    for first in range(have, until, PER_TRANSACTION):
        number = min(PER_TRANSACTION, until - first)
        with transaction.atomic():
            _Batch(newsroom, adds).add(first=first, number=number)
        tell(f"  {first + number:,} articles")
    filled = Filled(until - have, time.perf_counter() - began)
    if filled.articles:
        _settle()
    return filled


def _settle() -> None:
    if unsound := unsound_pages():
        raise ValueError(f"The filler left an unsound tree: {unsound[:5]}")
    if connection.vendor == "postgresql":  # autovacuum would do it in a minute or so
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


def unsound_pages() -> list[str]:
    """
    Tree paths that are orphans, at the wrong depth or with a wrong count of children.

    What `Page.find_problems()` looks for at 4 ms a page, here at once.
    """
    rows = list(Page.objects.values_list("path", "depth", "numchild"))
    paths = {path for path, _depth, _children in rows}
    children = Counter(path[: -Page.steplen] for path in paths)
    return [
        path
        for path, depth, number in rows
        if number != children[path]
        or depth * Page.steplen != len(path)
        or (depth > 1 and path[: -Page.steplen] not in paths)
    ]


class _Batch:
    """One transaction's worth of rows for every table."""

    def __init__(self, newsroom: Newsroom, adds: Callable[[int], str] | None) -> None:
        self.newsroom = newsroom
        self.adds = adds
        like = article_of(newsroom, headline="Like", slug="like")
        like.pk, like.depth, like.path, like.url_path = 0, 4, "", ""
        like.live, like.has_unpublished_changes = True, False
        like.content_type = ContentType.objects.get_for_model(ArticlePage)
        like.locale = Locale.get_default()
        self.snapshot = snapshot_article(like)
        mine = [section.pk for section in newsroom.sections]
        self.sections = list(Section.objects.filter(pk__in=mine).order_by("path"))
        self.children = {section.pk: section.numchild for section in self.sections}
        self.tables = _tables(like, newsroom)
        self.next = {table.model: count_on_from(table.model) for table in self.tables.values()}

    def add(self, *, first: int, number: int) -> None:
        for each in range(first, first + number):
            self._article(each)
        for table in self.tables.values():
            table.write()
        for section in self.sections:
            Section.objects.filter(pk=section.pk).update(numchild=self.children[section.pk])
        set_sequences(table.model for table in self.tables.values())

    def _article(self, number: int) -> None:
        section = self._section(number)
        self.children[section.pk] += 1
        author = self.newsroom.authors[number % len(self.newsroom.authors)]
        topic = self.newsroom.topics[number % len(self.newsroom.topics)]
        page, at, public_id = self._id(Page), BEGIN + number * APART, uuid7()
        headline, slug = f"Harbour board hears pilots, part {number}", f"part-{number}"
        path = Page._get_path(section.path, section.depth + 1, self.children[section.pk])
        url_path = f"{section.url_path}{slug}/"
        table = self.tables
        table["page"].add(page, path, uuid7(), at, at, headline, headline, slug, url_path)
        table["article"].add(page, public_id)
        table["byline"].add(self._id(ArticleAuthor), page, author.pk)
        table["topic"].add(self._id(ArticleTopic), page, topic.pk)
        text = self._text(number, public_id.hex, headline, author, topic)
        version, release, row = self._id(Version), self._id(Release), self._id(PublishedArticle)
        table["version"].add(version, page, text, at)
        table["release"].add(release, uuid7(), page, version, at)
        for way_out in ways_out():
            table["receipt"].add(self._id(Receipt), release, way_out.name, at)
        table["published"].add(
            row,
            page,
            public_id,
            section.pk,
            section.pk,
            f"{section.slug}/{slug}/",
            headline,
            author.name,
            json.dumps([[author.name, ""]]),
            at,
            at,
        )
        table["text"].add(row, text)
        table["by_author"].add(self._id(ListedAuthor), author.pk, row, at)
        table["on_topic"].add(self._id(ListedTopic), topic.pk, row, at)

    def _section(self, number: int) -> Section:
        """In turn, but the last one is quiet: fifty articles at the very beginning, then none."""
        *busy, quiet = self.sections
        is_quiet = number % 10 == 0 and number < 10 * IN_QUIET_SECTION
        return quiet if is_quiet else busy[number % len(busy)]

    def _id(self, model: type[models.Model]) -> int:
        taken = self.next[model]
        self.next[model] = taken + 1
        return taken

    def _text(self, number: int, public_id: str, headline: str, author: Any, topic: Any) -> str:
        own = [{"kind": "text", "html": f"<p>{self.adds(number)}</p>"}] if self.adds else []
        entry = {**self.snapshot["authors"][0], "id": author.pk, "name": author.name}
        return json.dumps(
            {
                **self.snapshot,
                "public_id": public_id,
                "headline": headline,
                "body": [*self.snapshot["body"], *own],
                "authors": [{**entry, "slug": author.slug}],
                "topics": [{"id": topic.pk, "name": topic.name, "slug": topic.slug}],
            }
        )


def _tables(like: ArticlePage, newsroom: Newsroom) -> dict[str, Table]:
    """What varies from article to article in each table; the rest is as in `like`."""
    outlet, words = newsroom.outlet, {"headline": "", "kicker": like.kicker}
    published = PublishedArticle(
        outlet=outlet,
        state="live",
        version_number=1,
        kind=like.kind,
        access=like.access,
        standfirst=like.standfirst,
        lead_picture=like.lead_picture,
        word_count=330,
        **words,
    )
    return {
        "page": Table(
            like,
            [
                "id",
                "path",
                "translation_key",
                "first_published_at",
                "last_published_at",
                "title",
                "draft_title",
                "slug",
                "url_path",
            ],
            model=Page,
        ),
        "article": Table(like, ["page_ptr_id", "public_id"]),
        "byline": Table(ArticleAuthor(sort_order=0), ["id", "article_id", "author_id"]),
        "topic": Table(ArticleTopic(), ["id", "articlepage_id", "topic_id"]),
        "version": Table(Version(number=1), ["id", "article_id", "snapshot", "published_at"]),
        "release": Table(
            Release(act=Release.Act.PUBLISH), ["id", "public_id", "article_id", "version_id", "at"]
        ),
        "receipt": Table(
            Receipt(state=Receipt.State.DONE, attempts=1),
            ["id", "release_id", "way_out", "done_at"],
        ),
        "published": Table(
            published,
            [
                "id",
                "article_id",
                "public_id",
                "section_id",
                "top_section_id",
                "path",
                "headline",
                "byline",
                "byline_names",
                "published_at",
                "updated_at",
            ],
        ),
        "text": Table(PublishedText(), ["published_id", "snapshot"]),
        "by_author": Table(
            ListedAuthor(outlet_id=outlet.pk), ["id", "author_id", "published_id", "published_at"]
        ),
        "on_topic": Table(
            ListedTopic(outlet_id=outlet.pk), ["id", "topic_id", "published_id", "published_at"]
        ),
    }
