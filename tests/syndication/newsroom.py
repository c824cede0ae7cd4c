"""The newsroom of `tests.factories`, with articles dated as these tests need them."""

from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Page

from masthead.articles.models import ArticlePage, PublishedArticle
from tests import factories
from tests.factories import BASE, NOON, a_page, a_picture, a_section, an_author, an_outlet

__all__ = [
    "BASE",
    "NOON",
    "a_page",
    "a_picture",
    "a_section",
    "an_article",
    "an_author",
    "an_outlet",
]


def an_article(
    section: Page,
    headline: str = "Port opens night trial",
    *,
    at: datetime | None = NOON,
    **more: Any,
) -> ArticlePage:
    """Published at the given time and changed half an hour later; None leaves it a draft."""
    article = factories.an_article(section, headline, at=at, **more)
    if at is not None:
        _move_to(article, at)
    return article


def _move_to(article: ArticlePage, at: datetime) -> None:
    """Wagtail stamps with its own clock; the tests need theirs."""
    rows = PublishedArticle.objects.filter(article=article)
    rows.update(published_at=at, updated_at=at + timedelta(minutes=30))
    for row in rows:
        row.listed_authors.update(published_at=at)
        row.listed_topics.update(published_at=at)
