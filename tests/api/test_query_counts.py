"""An answer costs the same few queries however much there is in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masthead.articles.models import Topic
from tests.api.test_articles import corrected
from tests.factories import NOON, a_picture, an_author
from tests.syndication.newsroom import an_article

# Two of them are the door's: the outlet's sheet, and where a missing address went.
MOST = {
    "outlet": 3,
    "sections": 3,
    "articles": 3,
    "articles/{id}": 7,
    "sections/{section}/articles": 3,
    "months": 3,
    "months/2026-11/articles": 3,
    "authors": 5,
    "authors/author-0/articles": 5,
    "topics": 3,
    "topics/topic-0/articles": 4,
    "corrections": 3,
}


def fill(section: Any, numbers: range, by: Any) -> Any:
    made = []
    for number in numbers:
        article = an_article(
            section,
            f"Story {number}",
            authors=[an_author(f"Author {number}", portrait=a_picture())],
            topics=[Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}")],
            lead_picture=a_picture(),
            at=NOON - timedelta(minutes=number),
        )
        made.append(corrected(article, by))
    return made[0]


def counted(ask: Any, path: str) -> tuple[int, list[str]]:
    with CaptureQueriesContext(connection) as captured:
        status, _ = ask(path)
    assert status == 200, path
    return len(captured), [query["sql"] for query in captured.captured_queries]


@pytest.mark.django_db
def test_three_of_everything_cost_no_more_queries_than_one(ask: Any, port: Any, ada: Any) -> None:
    first = fill(port, range(1), ada)
    paths = {path: path.format(id=first.public_id, section=port.pk) for path in MOST}
    one = {path: counted(ask, where) for path, where in paths.items()}
    fill(port, range(1, 3), ada)

    three = {path: counted(ask, where) for path, where in paths.items()}

    for path, most in MOST.items():
        assert three[path][0] == one[path][0] <= most, "\n".join(three[path][1])
