"""
A kill between the commit of a new address and Wagtail's signal of it.

The signal waits for the commit, which never comes in these tests, so no receiver hears of it.
"""

from typing import Any

import pytest

from masthead.articles.models import ListedAuthor, PublishedArticle
from masthead.outlets.models import Outlet, PathMove
from masthead.publishing.jobs import reconcile
from masthead.search.models import SearchEntry
from tests.factories import a_section, an_article, an_author, an_outlet


def renamed(page: Any, slug: str) -> None:
    page.refresh_from_db()
    page.slug = slug
    page.save_revision().publish()


def moves() -> list[tuple[str, str]]:
    return sorted(PathMove.objects.values_list("old_path", "new_path"))


@pytest.fixture
def article(port: Any) -> Any:
    return an_article(port, "Port opens", authors=[an_author()])


def test_an_articles_new_address_and_the_way_to_it_are_one_transaction(article, read):
    old = article.slug

    renamed(article, "new")

    assert PublishedArticle.objects.get().path == "port/new/"
    assert read(f"port/{old}/")["Location"] == "/courier/port/new/"


def test_a_row_left_at_the_old_address_is_mended(article, read):
    PublishedArticle.objects.update(path="port/old/")

    reconcile()

    assert PublishedArticle.objects.get().path == f"port/{article.slug}/"
    assert moves() == [("port/old/", f"port/{article.slug}/")]


def test_a_renamed_sections_articles_follow_in_one_move(port, article, read):
    other = an_article(port)

    renamed(port, "harbour")
    reconcile()

    assert sorted(PublishedArticle.objects.values_list("path", flat=True)) == sorted(
        [f"harbour/{article.slug}/", f"harbour/{other.slug}/"]
    )
    assert moves() == [("port/", "harbour/")]
    assert read(f"port/{other.slug}/")["Location"] == f"/courier/harbour/{other.slug}/"
    assert read("harbour/").status_code == 200


def test_a_section_nested_in_a_renamed_one_follows(port, read):
    locks = a_section(port, "Locks")
    deep = an_article(locks)

    renamed(port, "harbour")
    reconcile()

    assert PublishedArticle.objects.get().path == f"harbour/locks/{deep.slug}/"
    assert read(f"port/locks/{deep.slug}/")["Location"] == f"/courier/harbour/locks/{deep.slug}/"


def test_an_article_being_filed_elsewhere_does_not_take_its_section_along(
    courier, port, article, read
):
    town = a_section(courier, "Town")
    staying = an_article(port)

    article.move(town, pos="last-child")  # the lists of its new section wait for a job
    reconcile()

    assert moves() == [(f"port/{article.slug}/", f"town/{article.slug}/")]
    assert read(f"port/{staying.slug}/").status_code == 200


def test_an_outlet_whose_sheet_kept_the_old_slug_is_mended(courier, article, client):
    Outlet.objects.filter(pk=courier.pk).update(slug="herald")

    reconcile()

    answer = client.get("/courier/port/", headers={"host": "127.0.0.1:8000"})
    assert answer["Location"] == "/herald/port/"


def test_an_articles_new_outlet_is_found_by_the_search_there_and_not_here(
    courier, article, read, work
):
    work()
    tideline = an_outlet(slug="tideline", title="Tideline")
    coast = a_section(tideline, "Coast")

    article.move(coast, pos="last-child")
    work()

    assert [entry.outlet_id for entry in SearchEntry.objects.all()] == [tideline.pk]
    assert ListedAuthor.objects.get().outlet_id == tideline.pk


def test_an_address_left_for_another_outlet_leads_there(courier, article, read, client):
    tideline = an_outlet(slug="tideline", title="Tideline")
    coast = a_section(tideline, "Coast")

    article.move(coast, pos="last-child")

    answer = read(f"port/{article.slug}/")
    new = f"http://127.0.0.1:8000/tideline/coast/{article.slug}/"
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new, headers={"host": "127.0.0.1:8000"}).status_code == 200


def test_an_article_that_comes_back_is_served_again(courier, port, article, read):
    coast = a_section(an_outlet(slug="tideline", title="Tideline"), "Coast")
    for place in (coast, port):
        article.refresh_from_db()
        place.refresh_from_db()
        article.move(place, pos="last-child")

    assert read(f"port/{article.slug}/").status_code == 200
    assert moves() == [(f"coast/{article.slug}/", f"port/{article.slug}/")]
