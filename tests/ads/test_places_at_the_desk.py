"""The ad desk opens, changes and closes places."""

from typing import Any

import pytest
from django.urls import reverse

from masthead.accounts.models import User
from masthead.ads.models import Placement
from masthead.ads.places.offered import opened_by
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from tests.factories import at_desk

pytestmark = pytest.mark.django_db


def at(place: str) -> str:
    return reverse("ads-place", args=["courier", place])


def opened(courier: Outlet) -> list[tuple[str, tuple[str, ...], int, str]]:
    places = opened_by(get_sheet(outlet_id=courier.pk))
    return [(each.place.value, each.kinds, each.words, each.provider) for each in places]


def test_a_seller_opens_a_place_and_closes_it(courier: Outlet, sam: User) -> None:
    desk = at_desk(sam)
    given = {"is_on": "on", "kinds": ["article"], "words": "400"}

    shown = desk.get(reverse("ads-places")).text
    desk.post(at("in-text"), given)
    desk.post(at("top"), {"is_on": "on", "kinds": ["front", "article"]})
    both = opened(courier)
    desk.post(at("top"), {"kinds": ["front"]})

    assert shown.count(">No<") == 5
    assert both == [("in-text", ("article",), 400, ""), ("top", ("article", "front"), 0, "")]
    assert opened(courier) == both[:1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": "20"}, "150"),
        ({"provider": "google", "settings": "{}"}, "Name the ad unit as Google does"),
        ({"provider": "nobody", "settings": "{}"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told(
    courier: Outlet, pia: User, given: dict[str, str], said: str
) -> None:
    answer = at_desk(pia).post(at("in-text"), {"is_on": "on", "words": "300"} | given)

    assert said in answer.text
    assert not Placement.objects.exists()


def test_others_tags_are_for_those_who_run_the_title(courier: Outlet, sam: User, pia: User) -> None:
    tag = {"provider": "tag", "settings": '{"html": "<b>x</b>"}', "is_on": "on"}

    at_desk(sam).post(at("side"), tag)
    before = opened(courier)
    at_desk(pia).post(at("side"), tag)

    assert [each[3] for each in before] == [""]
    assert [each[3] for each in opened(courier)] == ["tag"]


def test_whoever_sells_nowhere_finds_no_places(port: Section, bo: Any) -> None:
    # The address of the title's place is not even said to be there.
    assert at_desk(bo).get(at("top")).status_code in {302, 403}
    assert at_desk(bo).post(at("top"), {"is_on": "on"}).status_code in {302, 403}
    assert not Placement.objects.exists()
