from datetime import timedelta
from typing import Any

import pytest

from masthead.ads.countries import zones_of
from masthead.ads.door.lists import Listed, read_list
from masthead.ads.listing import as_text, list_of
from masthead.ads.models import Campaign, Creative, Flight
from masthead.changes.shown import collecting
from masthead.outlets.models import Section
from masthead.outlets.sheet import Sheet
from tests.ads.running import a_creative, a_flight
from tests.factories import NOON, a_picture, an_article

pytestmark = pytest.mark.django_db


def test_a_running_flight_is_listed_with_what_a_device_chooses_by(sheet: Sheet) -> None:
    flight = a_flight(places=["top"], page_kinds=["article"], countries=["GB"], views_per_device=3)
    creative = a_creative(flight, kind=Creative.Kind.PICTURE, picture=a_picture(), alt="Bread")

    made = list_of(sheet, at=NOON, chances={flight.pk: {"top": 0.25, "side": 0.5}})

    assert made["f"] == [
        {
            "i": flight.pk,
            "p": 1,
            "by": "Quay Bakery",
            "x": "bakery",
            "w": [int(each.timestamp()) for each in (flight.starts_at, NOON + timedelta(days=29))],
            "c": {"top": 0.25},
            "k": ["article"],
            "z": ["GB"],
            "m": [3, 1],
            "a": [
                {
                    "i": creative.pk,
                    "k": "picture",
                    "at": ["top"],
                    "u": "https://quay.example/",
                    "src": "/media/copies/ferry-800.jpeg",
                    "set": "/media/copies/ferry-400.webp 400w, /media/copies/ferry-800.webp 800w",
                    "size": [1600, 900],
                    "alt": "Bread",
                }
            ],
        }
    ]
    assert {"Europe/London", "GB"} <= set(made["zones"]["GB"])
    # And as the front door reads it, which counts by it.
    pairs = frozenset({("top", creative.pk)})
    assert read_list(as_text(made)) == Listed(outlet=sheet.id, pairs=pairs)


def _campaign(state: str) -> Any:
    return lambda flight: Campaign.objects.filter(pk=flight.campaign_id).update(state=state)


def _flight(**fields: Any) -> Any:
    return lambda flight: Flight.objects.filter(pk=flight.pk).update(**fields)


@pytest.mark.parametrize(
    "change",
    [
        _campaign(Campaign.State.CANCELLED),
        _flight(paused="desk"),
        _flight(ends_at=NOON),
        _flight(starts_at=NOON + timedelta(hours=1)),
        _flight(places=["newsletter"]),
        lambda flight: flight.creatives.update(state=Creative.State.WAITING),
        lambda flight: flight.creatives.update(link=""),
    ],
    ids=["cancelled", "paused", "over", "not yet", "newsletter", "not approved", "leads nowhere"],
)
def test_what_does_not_run_is_not_listed(sheet: Sheet, change: Any) -> None:
    flight = a_flight()
    a_creative(flight)
    change(flight)

    assert list_of(sheet, at=NOON, chances={})["f"] == []


def test_a_flight_that_rests_is_left_out_and_an_unpaced_one_gets_a_fair_part(sheet: Sheet) -> None:
    resting, waiting = a_flight(), a_flight(category="cars")
    for flight in (resting, waiting):
        a_creative(flight, places=["side"])

    with collecting() as shown:
        made = list_of(sheet, at=NOON, chances={resting.pk: {"side": 0.0}})

    assert [(each["i"], each["c"]) for each in made["f"]] == [(waiting.pk, {"side": 0.33333})]
    assert shown.fresh_until == waiting.ends_at


def test_a_card_of_a_sponsored_article_leads_to_it_and_borrows_what_it_has_not(
    sheet: Sheet, port: Section
) -> None:
    picture = a_picture()
    article = an_article(port, kind="sponsored", sponsor_name="Quay", lead_picture=picture)
    bare = {"headline": "", "text": "", "action": "", "link": "https://courier.example/"}
    a_creative(a_flight(places=["card"]), article=article, **bare)

    (shown,) = list_of(sheet, at=NOON, chances={})["f"][0]["a"]

    assert shown["u"] == f"/courier/port/{article.slug}/"
    assert (shown["t"], shown["d"]) == (article.title, article.standfirst)
    assert shown["src"] == "/media/copies/ferry-800.jpeg"


def test_its_number_tells_another_list(sheet: Sheet) -> None:
    flight = a_flight()
    a_creative(flight)

    numbers = [
        list_of(sheet, at=NOON, chances={flight.pk: {"top": c}})["n"] for c in (0.1, 0.1, 0.2)
    ]

    assert numbers[0] == numbers[1] != numbers[2]


def test_older_names_of_zones_belong_to_their_country() -> None:
    found = zones_of(["IN", "UA", "XX"])

    assert "Asia/Calcutta" in found["IN"]
    assert "Europe/Kiev" in found["UA"]
    assert found["XX"] == []
