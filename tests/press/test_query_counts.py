"""Readers' pages cost the same few queries however much there is."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from masthead.articles.models import PublishedArticle
from masthead.outlets.models import Section
from tests.factories import NOON, a_picture, a_section, an_article, an_author, an_outlet

pytestmark = pytest.mark.django_db
ENOUGH, BULK = 50, 2_000  # articles: what fills every page; what an outlet has after years
NO_SUCH_ARTICLE = 1_000_000
MOST = {"/courier/": 8, "/courier/port/": 6, "/courier/port/story/": 6}
per_page = pytest.mark.parametrize("path", list(MOST))


@pytest.fixture
def port() -> Section:
    return a_section(an_outlet())


@pytest.fixture
def add_bulk(db: None) -> Iterator[Callable[[Section, range], None]]:
    """
    As many rows as an outlet has after years, written at once.

    Lists read no more than these rows, so the pages behind them are not made; the rows go again
    before the database checks its foreign keys.
    """
    yield _add_bulk
    PublishedArticle.objects.filter(article_id__gte=NO_SUCH_ARTICLE).delete()


def _add_bulk(section: Section, numbers: range) -> None:
    PublishedArticle.objects.bulk_create(
        PublishedArticle(
            article_id=NO_SUCH_ARTICLE + number,
            public_id=uuid4(),
            outlet_id=section.get_parent().pk,
            section_id=section.pk,
            top_section_id=section.pk,
            path=f"port/bulk-{number}/",
            version_number=1,
            kind="report",
            access="open",
            headline=f"Bulk {number}",
            published_at=NOON - timedelta(minutes=number),
            updated_at=NOON - timedelta(minutes=number),
        )
        for number in numbers
    )


def publish(section: Section, count: int) -> None:
    """Each with a picture and an author of its own; the first is at /courier/port/story/."""
    for number in range(count):
        an_article(
            section,
            f"Story {number}",
            authors=[an_author(f"Author {number}"), an_author(f"Second author {number}")],
            lead_picture=a_picture(),
            at=NOON + timedelta(minutes=number),
        )
    first = PublishedArticle.objects.get(headline="Story 0")
    PublishedArticle.objects.filter(pk=first.pk).update(path="port/story/")


def queries_of(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, HTTP_HOST="127.0.0.1")
    assert answer.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@per_page
def test_a_page_with_one_article_needs_few_queries(
    client: Client, port: Section, path: str
) -> None:
    publish(port, 1)

    queries = queries_of(client, path)

    assert len(queries) <= MOST[path], "\n".join(queries)


@per_page
def test_three_articles_need_no_more_queries_than_one(
    client: Client, port: Section, path: str
) -> None:
    publish(port, 3)

    queries = queries_of(client, path)

    assert len(queries) <= MOST[path], "\n".join(queries)


@per_page
def test_two_thousand_articles_need_no_more_queries_than_fifty(
    client: Client, port: Section, path: str, add_bulk: Callable[[Section, range], None]
) -> None:
    publish(port, 3)
    add_bulk(port, range(ENOUGH))
    few = len(queries_of(client, path))
    add_bulk(port, range(ENOUGH, BULK))

    many = queries_of(client, path)

    assert len(many) == few, "\n".join(many)
