"""New addresses: rows rewritten by range, old addresses redirected, nobody else's touched."""

from typing import Any

import pytest

from masthead.articles.models import ArticlePage, ListedAuthor, PublishedArticle
from masthead.outlets.models import Section
from masthead.publishing.actions import publish_article
from tests.factories import NOON, a_section, an_article, an_author, an_outlet


@pytest.fixture
def settled(django_capture_on_commit_callbacks: Any) -> Any:
    """Run what waits for the commit (Wagtail tells of a new address only then)."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def renamed(page: Any, slug: str) -> None:
    page.refresh_from_db()
    page.slug = slug
    page.save_revision().publish()


def paths() -> list[str]:
    return sorted(PublishedArticle.objects.values_list("path", flat=True))


def test_an_article_with_a_new_address_redirects_from_the_old(port, read, settled):
    article = an_article(port, at=None)
    article.slug = "old"
    article.save_revision()
    article.refresh_from_db()
    publish_article(article=article, by=None, at=NOON)

    with settled():
        renamed(article, "new")

    answer = read("port/old/")
    assert (answer.status_code, answer["Location"]) == (301, "/courier/port/new/")
    assert read("port/new/").status_code == 200


def test_a_draft_with_a_new_address_changes_nothing_yet(port, read, settled):
    article = an_article(port)
    old = article.slug

    with settled():
        article.slug = "new"
        article.save_revision()

    assert (read(f"port/{old}/").status_code, read("port/new/").status_code) == (200, 404)


def test_a_renamed_section_takes_everything_below_along(courier, port, read, settled):
    inner = a_section(port, "Locks")
    three = [an_article(port, slug_at) for slug_at in ("One", "Two", "Three")]
    deep = an_article(inner, "Deep")
    old = [f"port/{article.slug}/" for article in three] + [f"port/locks/{deep.slug}/"]

    with settled():
        renamed(port, "harbour")

    new = [path.replace("port/", "harbour/", 1) for path in old]
    assert paths() == sorted(new)
    assert [read(path)["Location"] for path in old] == [f"/courier/{path}" for path in new]
    assert [read(path).status_code for path in new] == [200] * 4
    assert read("port/")["Location"] == "/courier/harbour/"
    assert read("port/locks/")["Location"] == "/courier/harbour/locks/"


def test_a_renamed_section_leaves_its_neighbours_alone(courier, port, settled):
    other = a_section(courier, "Port News")
    below = a_section(courier, "Por")
    articles = [an_article(other), an_article(below)]

    with settled():
        renamed(port, "harbour")

    assert paths() == sorted([f"port-news/{articles[0].slug}/", f"por/{articles[1].slug}/"])


def test_renaming_is_one_update_however_much_lies_below(port, settled):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def updates(slug: str) -> int:
        port.refresh_from_db()
        with CaptureQueriesContext(connection) as queries, settled():
            renamed(port, slug)
        return sum(q["sql"].startswith('UPDATE "articles_publishedarticle"') for q in queries)

    an_article(port)
    at_one = updates("harbour")
    for number in range(3):
        an_article(port, f"Report {number}")

    assert (at_one, updates("quay")) == (1, 1)


def test_renaming_there_and_back_does_not_go_in_circles(port, read, settled):
    article = an_article(port)
    for slug in ("harbour", "port"):
        with settled():
            renamed(port, slug)

    assert read(f"port/{article.slug}/").status_code == 200
    assert read(f"harbour/{article.slug}/")["Location"] == f"/courier/port/{article.slug}/"


def test_an_article_filed_in_another_section_redirects_and_changes_lists(
    courier, port, read, settled, work
):
    town = a_section(courier, "Town")
    an_article(port, "Crane stays")  # an empty section offers what other sections have
    article = an_article(port, "Port opens", authors=[an_author()])

    with settled():
        article.move(Section.objects.get(pk=town.pk), pos="last-child")
    work()

    row = PublishedArticle.objects.get(article=article)
    assert read(f"port/{article.slug}/")["Location"] == f"/courier/town/{article.slug}/"
    assert (row.section_id, row.top_section_id) == (town.pk, town.pk)
    assert "Port opens" in read("town/").content.decode()
    assert "Port opens" not in read("port/").content.decode()


def test_a_section_filed_under_another_keeps_its_articles(courier, port, read, settled, work):
    town = a_section(courier, "Town")
    article = an_article(port, "Port opens")

    with settled():
        port.move(Section.objects.get(pk=town.pk), pos="last-child")
    work()

    row = PublishedArticle.objects.get()
    assert (row.path, row.top_section_id) == (f"town/port/{article.slug}/", town.pk)
    assert read(f"port/{article.slug}/")["Location"] == f"/courier/town/port/{article.slug}/"


def test_an_article_moved_to_another_outlet_is_there_and_only_there(
    courier, port, read, client, settled, work
):
    tideline = an_outlet(slug="tideline", title="Tideline")
    coast, their_port = a_section(tideline, "Coast"), a_section(tideline, "Port")
    article = an_article(port, "Port opens", authors=[an_author()])
    theirs = an_article(their_port, "Their own")
    ArticlePage.objects.filter(pk=theirs.pk).update(slug=article.slug)
    PublishedArticle.objects.filter(article=theirs).update(path=f"port/{article.slug}/")

    with settled():
        article.move(Section.objects.get(pk=coast.pk), pos="last-child")
    work()

    where = PublishedArticle.objects.order_by("pk").values_list("outlet", "path")
    assert list(where) == [
        (tideline.pk, f"coast/{article.slug}/"),
        (tideline.pk, f"port/{article.slug}/"),
    ]
    assert PublishedArticle.objects.get(article=article).section_id == coast.pk
    assert ListedAuthor.objects.get().outlet_id == tideline.pk
    assert "Port opens" not in read().content.decode()
