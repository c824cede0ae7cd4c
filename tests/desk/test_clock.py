"""The desk tells and takes times by the clock of the outlet that is meant, and says which."""

import json
import pickle
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import RequestFactory
from django.urls import resolve
from wagtail.users.models import UserProfile

from masthead.articles.models import ArticlePage
from masthead.desk.clock import find_outlet_named, set_clock, zone_of
from masthead.fronts.models import FrontLayout
from masthead.outlets.models import Outlet
from masthead.publishing.actions import schedule_article
from tests.desk.factory import NOON, a_live_article, a_section, an_article, at_desk

EVENING = datetime(2099, 12, 1, 17, 0, tzinfo=UTC)


def in_zone(outlet, zone):
    Outlet.objects.filter(pk=outlet.pk).update(timezone=zone)
    outlet.refresh_from_db()
    return outlet


@pytest.fixture
def courier(courier):
    return in_zone(courier, "Europe/Berlin")


@pytest.fixture
def tideline(tideline):
    return in_zone(tideline, "America/New_York")


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def planned(outlet, headline="Planned"):
    article = an_article(outlet, headline)
    schedule_article(article=article, by=None, at=EVENING, now=NOON)
    return article


def test_the_editor_shows_the_plan_as_readers_will_live_it(courier, ada):
    page = at_desk(ada).get(f"/desk/pages/{planned(courier).pk}/edit/").content.decode()

    assert 'value="2099-12-01 18:00:00"' in page
    assert "1 Dec 2099, 18:00 CET" in page
    assert "on your readers’ clock: Europe/Berlin." in page


def test_versions_say_whose_time_it_is(courier, ada):
    article = a_live_article(courier)

    assert "22 Nov 2026, 13:00:00 CET" in words(
        at_desk(ada).get(f"/desk/articles/{article.pk}/versions/")
    )


def test_each_card_on_the_board_is_told_by_its_own_outlets_clock(courier, tideline, olga):
    planned(courier)
    planned(tideline)

    board = words(at_desk(olga).get("/desk/"))

    assert "Publishes 1 Dec, 18:00 CET" in board
    assert "Publishes 1 Dec, 12:00 EST" in board
    assert "The day is counted in Europe/Berlin" in board


def test_the_board_of_one_outlet_is_on_its_clock(courier, tideline, olga):
    assert "Times are in America/New_York." in words(at_desk(olga).get("/desk/?outlet=tideline"))


def test_across_outlets_ones_own_choice_counts(courier, tideline, olga):
    UserProfile.objects.create(user=olga, current_time_zone="Asia/Tokyo")

    assert "The day is counted in Asia/Tokyo" in words(at_desk(olga).get("/desk/"))


def test_in_an_outlet_its_clock_goes_before_ones_own(courier, ada):
    UserProfile.objects.create(user=ada, current_time_zone="Asia/Tokyo")
    article = a_live_article(courier)

    assert "22 Nov 2026, 13:00 CET" in words(at_desk(ada).get(f"/desk/pages/{article.pk}/edit/"))


def test_a_date_on_the_front_is_taken_and_given_back_on_the_outlets_clock(courier, ada):
    article = a_live_article(courier)
    slot = {"zone": "lead", "article": article.pk, "pinned_until": "2099-12-01T18:00"}

    answer = at_desk(ada).post(
        "/desk/fronts/courier/draft/", json.dumps({"slots": [slot]}), "application/json"
    )

    kept = FrontLayout.objects.get().slots[0]
    shown = answer.json()["zones"][0]["slots"][0]
    assert datetime.fromisoformat(kept["pinned_until"]) == EVENING
    assert (shown["pinned_until"], shown["pin"]) == (
        "2099-12-01T18:00",
        "Until 1 Dec, 18:00 CET",
    )


def test_a_lead_of_a_later_hour_is_told_from_one_that_stands(courier, ada):
    now, later = a_live_article(courier, "Now"), a_live_article(courier, "Later")
    slots = [
        {"zone": "lead", "article": later.pk, "pinned_from": "2099-12-01T18:00"},
        {"zone": "lead", "article": now.pk},
    ]

    answer = at_desk(ada).post(
        "/desk/fronts/courier/draft/", json.dumps({"slots": slots}), "application/json"
    )

    assert [slot["is_later"] for slot in answer.json()["zones"][0]["slots"]] == [True, False]


def test_a_clocked_person_can_be_kept_with_the_picture_they_upload(ada):
    """Wagtail pickles a picture's copy for the cache, and with it whoever uploaded the picture."""
    request = RequestFactory().get("/desk/images/chooser/create/")
    request.resolver_match = resolve(request.path)

    set_clock(request, ada)

    kept = pickle.loads(pickle.dumps(ada))
    assert kept.wagtail_userprofile.get_current_time_zone() == "Europe/Berlin"


@pytest.mark.parametrize(
    "address",
    [
        "/desk/pages/{article}/edit/",
        "/desk/pages/{article}/history/",
        "/desk/pages/add/articles/articlepage/{section}/",
        "/desk/articles/{article}/versions/",
        "/desk/articles/{article}/withdraw/",
        "/desk/fronts/courier/",
        "/desk/?outlet=courier",
    ],
)
def test_an_address_names_an_outlet_by_what_lies_in_it(courier, address):
    article = an_article(courier)
    url = address.format(article=article.pk, section=a_section(courier).pk)
    request = RequestFactory().get(url)
    request.resolver_match = resolve(request.path)

    assert find_outlet_named(request) == courier


@pytest.mark.parametrize("address", ["/desk/", "/desk/jobs/", "/desk/pages/1/", "/desk/fronts/no/"])
def test_a_screen_across_outlets_names_none(network, address):
    request = RequestFactory().get(address)
    request.resolver_match = resolve(request.path)

    assert find_outlet_named(request) is None


def test_across_outlets_the_first_one_of_ones_own_gives_the_clock(courier, tideline, olga, ada):
    assert [zone_of(olga), zone_of(ada)] == ["Europe/Berlin", "Europe/Berlin"]
    assert not ArticlePage.objects.exists()
