"""An empty network becomes one with a title."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, Page

from masthead.accounts.models import Role
from masthead.desk.actions import AlreadyFounded, FirstOutlet, found_network
from masthead.outlets.models import Outlet, OutletSheet
from masthead.people.models import Author
from tests.desk.factory import NOON, a_person, at_desk

ANSWERS = {
    "network": "Northlight",
    "name": "The Lantern",
    "sections": "News, City Hall, Culture",
    "language": "en",
    "timezone": "Europe/London",
    "accent": "#1c4d9b",
    "your_name": "Olga Light",
    "email": "olga@lantern.example",
    "password": "",
}


def test_home_of_an_empty_network_shows_the_owner_the_form(olga):
    page = at_desk(olga).get("/desk/").content.decode()

    assert 'action="/desk/first-run/"' in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_the_form_makes_a_live_outlet_with_sections_and_names_the_network(olga):
    answer = at_desk(olga).post(reverse("desk_first_run"), ANSWERS)

    assert (answer.status_code, answer.url) == (302, reverse("desk_new_article"))
    outlet = Outlet.objects.get()
    sheet = OutletSheet.objects.get(outlet=outlet)
    names = [section["name"] for section in sheet.data["sections"]]
    assert names == ["News", "City Hall", "Culture"]
    assert sheet.data["network_name"] == "Northlight"
    assert (outlet.live, outlet.timezone, outlet.accent) == (True, "Europe/London", "#1c4d9b")
    assert Collection.objects.filter(name=outlet.title).exists()
    assert Author.objects.get().user_id == olga.pk


def test_the_owner_stays_signed_in_with_a_new_password(olga):
    client = at_desk(olga)

    client.post(reverse("desk_first_run"), ANSWERS | {"password": "a-long-pass-phrase"})

    assert client.get("/desk/").status_code == 200
    olga.refresh_from_db()
    assert olga.check_password("a-long-pass-phrase")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "Desk", "an address of the program itself"),
        ("sections", "News, Search", "an address of the program itself"),
        ("sections", "News, news!", "the same address"),
        ("sections", " , ", "one section at least"),
        ("accent", "red", "six digits"),
        ("password", "short", "too short"),
    ],
)
def test_a_wrong_answer_is_told_in_words_and_nothing_is_made(olga, field, value, words):
    answer = at_desk(olga).post(reverse("desk_first_run"), ANSWERS | {field: value})

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Outlet.objects.exists()


def test_nobody_but_an_owner_sets_the_network_up(courier, ada):
    assert at_desk(ada).get(reverse("desk_first_run")).status_code == 302
    assert Page.objects.get(depth=1).title == "Root"


def test_a_second_time_is_refused(olga, courier):
    first = FirstOutlet("N", "Other", "en", "UTC", "#9b1c31", ["News"])

    with pytest.raises(AlreadyFounded):
        found_network(first=first, owner=olga, at=NOON)

    assert at_desk(olga).get(reverse("desk_first_run")).status_code == 302


def test_staff_of_an_empty_network_are_asked_to_wait(network):
    someone = a_person("cy", Role.REPORTER, network)

    page = at_desk(someone).get("/desk/").content.decode()

    assert "The owner has not set up a title yet" in page
