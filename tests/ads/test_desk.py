"""The ad desk's screens: what is filled in becomes an order; what is refused says why."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from masthead.accounts.models import Role
from masthead.ads.desk.forms.fields import CodesField, HoursField
from masthead.ads.models import Advertiser, Campaign, Creative, Flight
from masthead.ads.selling.words import runs, time_in_words
from masthead.pictures.models import Picture
from tests.ads.factories import (
    a_campaign,
    a_creative_order,
    a_flight,
    a_flight_order,
    an_advertiser,
    an_hour,
)
from tests.factories import NOON, a_person, an_outlet, at_desk


@pytest.mark.parametrize(
    ("text", "hours"),
    [("", []), ("6-9, 20", [6, 7, 8, 9, 20]), ("23", [23]), ("6–7,7 – 8", [6, 7, 8])],
)
def test_hours_are_written_as_people_do(text, hours):
    field = HoursField(required=False)

    assert field.clean(text) == hours
    assert field.clean(str(field.prepare_value(hours))) == hours


@pytest.mark.parametrize("text", ["24", "9-6", "six", "6-", "-1"])
def test_hours_that_are_none_are_refused(text):
    with pytest.raises(Exception, match="hours from 0 to 23"):
        HoursField(required=False).clean(text)


def test_codes_are_put_in_capitals_and_named_once():
    assert CodesField(capitals=True, required=False).clean("no, SE no") == ["NO", "SE"]


def test_times_are_told_in_words():
    assert runs([8, 6, 7, 20]) == [(6, 8), (20, 20)]
    assert time_in_words([0, 1, 2, 3, 4], [6, 7]) == "Monday–Friday, 6:00–8:00"
    assert time_in_words([], []) == ""


def flight_fields(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Four weeks",
        "starts_at": "2026-11-16T12:00",
        "ends_at": "2026-12-16T12:00",
        "hard_stop": "on",
        "priority": "standard",
        "goal_kind": "views",
        "goal": "10000",
        "pace": "even",
        "pricing": "cpm",
        "amount": "20.50",
        "hours": "6-9",
        "places": ["top", "side"],
        "countries": "no",
    } | fields


def png(name: str = "ferry.png") -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", (640, 360), "navy").save(target, "PNG")
    return SimpleUploadedFile(name, target.getvalue(), "image/png")


@pytest.mark.django_db
def test_a_campaign_goes_from_nothing_to_running_at_the_desk(sam, courier):
    desk = at_desk(sam)
    desk.post(reverse("ads:make_advertiser"), {"name": "Ropes & Sons", "category": "ropes"})
    advertiser = Advertiser.objects.get()
    desk.post(
        reverse("ads:make_campaign"),
        {"advertiser": advertiser.public_id, "name": "Winter", "currency": "EUR"},
    )
    campaign = Campaign.objects.get()
    fields = flight_fields(outlets=[courier.pk])
    desk.post(reverse("ads:add_flight", args=[campaign.public_id]), fields)
    flight = Flight.objects.get()
    desk.post(
        reverse("ads:add_creative", args=[flight.public_id]),
        {
            "kind": "picture",
            "file": png(),
            "alt": "Ropes",
            "link": "https://ropes.example/",
            "weight": "1",
        },
    )
    page = desk.get(reverse("ads:creatives"))
    seen = page.context["creatives"][0]["mark"]
    creative = Creative.objects.get()
    desk.post(reverse("ads:approve_creative", args=[creative.public_id]), {"seen": seen})
    desk.post(reverse("ads:confirm_campaign", args=[campaign.public_id]))

    campaign.refresh_from_db()
    creative.refresh_from_db()
    flight.refresh_from_db()
    assert (campaign.state, creative.state) == ("booked", "approved")
    assert (flight.amount_cents, flight.hours, flight.countries) == (2050, [6, 7, 8, 9], ["NO"])
    assert creative.picture is not None
    assert creative.picture.collection.name == courier.title


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "why"),
    [
        (SimpleUploadedFile("a.svg", b"<svg xmlns='x'><script/></svg>"), "SVG drawings"),
        (SimpleUploadedFile("a.png", b"<svg xmlns='x'><script/></svg>"), "SVG drawings"),
        (SimpleUploadedFile("a.html", b"<script>1</script>"), ".html"),
    ],
    ids=["drawing", "disguised", "page"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(sam, courier, file, why):
    flight = a_flight(outlets=(courier,), creatives=())
    file.seek(0)

    page = at_desk(sam).post(
        reverse("ads:add_creative", args=[flight.public_id]),
        {
            "kind": "picture",
            "file": file,
            "alt": "Ropes",
            "link": "https://ropes.example/",
            "weight": "1",
        },
    )

    assert why in page.content.decode()
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_a_flight_that_is_refused_keeps_what_was_typed_and_says_why(sam, courier):
    campaign = a_campaign(flights=(), state=Campaign.State.DRAFT, by=sam)
    fields = flight_fields(outlets=[courier.pk], goal="0")

    page = at_desk(sam).post(reverse("ads:add_flight", args=[campaign.public_id]), fields)

    text = page.content.decode()
    assert "Say how many views or clicks are sold." in text
    assert 'value="20.50"' in text


@pytest.mark.django_db
def test_a_flight_is_opened_as_it_was_kept(sam, courier):
    flight = a_flight(outlets=(courier,), name="Odd", goal=123)

    form = at_desk(sam).get(reverse("ads:flight", args=[flight.public_id])).context["form"]

    assert (form["name"].value(), form["goal"].value()) == ("Odd", 123)
    assert list(form["outlets"].value()) == [courier.pk]


@pytest.mark.django_db
def test_what_runs_elsewhere_is_not_found_and_readers_of_the_desk_are_refused(courier, bo):
    tideline = an_outlet(slug="tideline", title="Tideline")
    tina = a_person("tina", Role.SELLER, tideline)
    campaign = a_campaign(flights=(a_flight_order(outlets=(courier,)),))
    address = reverse("ads:campaign", args=[campaign.public_id])

    assert at_desk(tina).get(address).status_code == 404
    assert at_desk(bo).get(reverse("ads:index")).status_code in {302, 403}


@pytest.mark.django_db
def test_a_campaign_tells_what_was_counted_and_what_is_owed(sam, courier, time_machine):
    flight = a_flight(outlets=(courier,))
    an_hour(
        courier, creative=flight.creatives.get(), at=NOON, offered=12_000, visible=9_600, clicked=8
    )
    time_machine.move_to(NOON + timedelta(weeks=5))

    page = at_desk(sam).get(reverse("ads:campaign", args=[flight.campaign.public_id]))

    told = page.context["flights"][0]
    assert (told["parts"], told["owes"], told["state"]) == (96, 400, "Over")
    assert "9,600 seen" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("screen", ["index", "advertisers", "creatives", "campaign"])
def test_no_screen_asks_more_for_three_than_for_one(sam, courier, screen):
    advertiser = an_advertiser()

    def add() -> Campaign:
        order = a_flight_order(outlets=(courier,), creatives=(a_creative_order(),))
        return a_campaign(advertiser=advertiser, flights=(order,), approved=False)

    campaign = add()
    desk = at_desk(sam)
    address = reverse(f"ads:{screen}", args=[campaign.public_id] if screen == "campaign" else [])
    desk.get(address)
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    for _ in range(2):
        add()
        an_advertiser()
        order = a_flight_order(outlets=(courier,), creatives=(a_creative_order(),))
        from masthead.ads.selling.actions.creatives import write_creative
        from masthead.ads.selling.actions.flights import write_flight

        flight = write_flight(campaign=campaign, order=order)
        write_creative(flight=flight, order=order.creatives[0])
    with CaptureQueriesContext(connection) as three:
        desk.get(address)

    assert len(three) == len(one)
