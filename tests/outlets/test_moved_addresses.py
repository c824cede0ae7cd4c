"""Addresses that were left: former slugs of outlets, authors' former pages, other outlets."""

from typing import Any

import pytest
from django.urls import reverse

from masthead.articles.models import Topic
from masthead.outlets.actions import record_move
from masthead.outlets.models import FormerSlug, Outlet
from tests.desk.factory import at_desk
from tests.factories import a_section, an_article, an_author, an_outlet

NETWORK = "127.0.0.1:8000"


def ask(client: Any, address: str) -> Any:
    return client.get(address, headers={"host": NETWORK})


def renamed(outlet: Outlet, slug: str) -> Outlet:
    outlet = Outlet.objects.get(pk=outlet.pk)
    outlet.slug = slug
    outlet.save_revision().publish()
    return outlet


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/courier/", "/herald/"),
        ("/courier/port/", "/herald/port/"),
        ("/courier/search/?q=a%20b&page=2", "/herald/search/?q=a%20b&page=2"),
        ("/courier/feed.xml", "/herald/feed.xml"),
        ("/courier/%C3%A9t%C3%A9/", "/herald/%C3%A9t%C3%A9/"),
        ("/courier//evil.example/", "/herald//evil.example/"),
        ("/courier", "/herald/"),
    ],
)
def test_a_renamed_outlets_addresses_lead_to_the_new_ones(port, courier, client, old, new):
    renamed(courier, "herald")

    answer = ask(client, old)

    assert (answer.status_code, answer["Location"]) == (301, new)


def test_renaming_twice_leads_there_in_one_step(port, courier, client):
    renamed(renamed(courier, "herald"), "post")

    assert [ask(client, f"/{slug}/port/")["Location"] for slug in ("courier", "herald")] == [
        "/post/port/"
    ] * 2


def test_renaming_back_serves_the_first_address_again(port, courier, client):
    renamed(renamed(courier, "herald"), "courier")

    assert ask(client, "/courier/port/").status_code == 200
    assert ask(client, "/herald/port/")["Location"] == "/courier/port/"
    assert FormerSlug.objects.count() == 1


def test_a_slug_that_another_outlet_took_is_that_outlets(port, courier, client):
    renamed(courier, "herald")
    an_outlet(slug="courier", title="The New Courier")

    page = ask(client, "/courier/").content.decode()

    assert "The New Courier" in page


def test_an_outlet_taken_down_is_led_to_from_nowhere(port, courier, client):
    renamed(courier, "herald").unpublish()

    assert ask(client, "/courier/").status_code == 404


def test_an_authors_former_page_and_feeds_lead_to_the_new_ones(port, courier, client, ada):
    mara = an_author()
    an_article(port, authors=[mara])
    form = {
        "name": "Mara Okafor-Lind",
        "slug": "mara-okafor-lind",
        "links-TOTAL_FORMS": 0,
        "links-INITIAL_FORMS": 0,
        "biography": "null",
    }

    at_desk(ada).post(reverse("authors:edit", args=[mara.pk]), form)

    assert [
        ask(client, f"/courier/authors/mara-okafor/{file}")["Location"]
        for file in ("", "feed.xml", "feed.json")
    ] == [f"/courier/authors/mara-okafor-lind/{file}" for file in ("", "feed.xml", "feed.json")]
    assert ask(client, "/courier/authors/mara-okafor-lind/").status_code == 200


def test_a_topics_former_page_and_feeds_lead_to_the_new_ones(port, courier, client, ada):
    tides = Topic.objects.create(name="Tides", slug="tides")
    an_article(port, topics=[tides])
    form = {"name": "High water", "slug": "high-water", "description": "", "uri": ""}

    at_desk(ada).post(reverse("topics:edit", args=[tides.pk]), form)

    assert [
        ask(client, f"/courier/topics/tides/{file}")["Location"]
        for file in ("", "feed.xml", "feed.json")
    ] == [f"/courier/topics/high-water/{file}" for file in ("", "feed.xml", "feed.json")]
    assert ask(client, "/courier/topics/high-water/").status_code == 200


def test_an_address_in_an_outlet_that_is_taken_down_is_missing(port, courier, client):
    tideline = an_outlet(slug="tideline", title="Tideline")
    record_move(
        outlet_id=courier.pk, old_path="port/a/", new_path="coast/a/", to_outlet_id=tideline.pk
    )
    tideline.unpublish()

    assert ask(client, "/courier/port/a/").status_code == 404


def test_the_nearest_move_decides_when_it_leads_to_another_outlet(courier, client):
    tideline = an_outlet(slug="tideline", title="Tideline")
    record_move(outlet_id=courier.pk, old_path="old/", new_path="new/")
    record_move(
        outlet_id=courier.pk, old_path="old/a/", new_path="coast/a/", to_outlet_id=tideline.pk
    )

    assert [ask(client, f"/courier/{path}")["Location"] for path in ("old/b/", "old/a/")] == [
        "/courier/new/b/",
        "http://127.0.0.1:8000/tideline/coast/a/",
    ]


def test_an_address_that_still_stands_is_not_led_away(port, courier, client):
    record_move(outlet_id=courier.pk, old_path="port/", new_path="elsewhere/")

    assert ask(client, "/courier/port/").status_code == 200


def test_a_section_of_another_outlet_is_followed_with_all_below(courier, port, client):
    article = an_article(port)
    tideline = an_outlet(slug="tideline", title="Tideline")
    a_section(tideline, "Coast")

    port.refresh_from_db()
    port.move(Outlet.objects.get(pk=tideline.pk), pos="last-child")

    assert ask(client, f"/courier/port/{article.slug}/")["Location"] == (
        f"http://127.0.0.1:8000/tideline/port/{article.slug}/"
    )
    assert ask(client, f"/tideline/port/{article.slug}/").status_code == 200
