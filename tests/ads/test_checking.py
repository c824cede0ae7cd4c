"""Orders that are refused, and why; no database."""

from datetime import timedelta
from typing import Any

import pytest

from masthead.ads.selling.checking import check_creative, check_flight, check_link
from masthead.ads.selling.orders import CreativeOrder, FlightOrder, Targeting
from masthead.ads.selling.refusals import AdsRefusal
from masthead.pictures.models import Picture
from tests.factories import NOON


@pytest.mark.parametrize(
    "link",
    [
        "https://shop.example/",
        "https://shop.example:8443/a?b=c#d",
        "http://127.0.0.1:8000/courier/port/",
    ],
)
def test_a_link_leads_to_https_or_home(link):
    check_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "http://shop.example/",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " https://shop.example/",
        "https://bank.example@shop.example/",
        "https:\\\\shop.example",
        "https:shop.example",
        "https:///shop",
        "https://shop.example:port/",
        "https://[shop/",
        "data:text/html,<script>alert(1)</script>",
        "//shop.example/",
        "/shop",
        "http://127.0.0.1:8000@shop.example/",
        "http://127.0.0.1:80001/",
    ],
)
def test_no_link_leads_elsewhere(link):
    with pytest.raises(AdsRefusal):
        check_link(link)


def a_flight(**fields: Any) -> FlightOrder:
    values: dict[str, Any] = {
        "name": "Winter",
        "starts_at": NOON,
        "ends_at": NOON + timedelta(days=7),
        "goal": 1000,
    }
    return FlightOrder(**values | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"priority": "sponsorship", "goal_kind": "share", "goal": 300, "pricing": "flat"},
        {"priority": "house", "goal": 0, "ends_at": None},
        {"ends_at": None, "pace": "soon"},
        {"targeting": Targeting(places=("top",), hours=(0, 23), weekdays=(6,), screens=("wide",))},
        {"targeting": Targeting(languages=("en", "gsw"), countries=("NO",), page_kinds=("front",))},
    ],
)
def test_a_flight_is_taken(fields):
    check_flight(a_flight(**fields))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": " "}, "name"),
        ({"ends_at": NOON}, "end after"),
        ({"ends_at": NOON + timedelta(days=5000)}, "three years"),
        ({"goal": 0}, "how many"),
        ({"goal": -1}, "numbers"),
        ({"amount_cents": 10**9}, "numbers"),
        ({"views_per_device": 2, "per_days": 0}, "how many days"),
        ({"views_per_device": 2, "per_days": 61}, "remembers for 60 days"),
        ({"ends_at": None}, "evenly"),
        ({"goal_kind": "share"}, "sponsorship"),
        ({"priority": "sponsorship"}, "share of voice"),
        ({"priority": "sponsorship", "goal_kind": "share", "goal": 1001}, "per mille"),
        ({"priority": "house", "amount_cents": 1}, "costs nothing"),
        ({"priority": "first"}, "can be chosen"),
        ({"targeting": Targeting(places=("roof",))}, "roof"),
        ({"targeting": Targeting(hours=(24,))}, "24"),
        ({"targeting": Targeting(hours=(True,))}, "True"),
        ({"targeting": Targeting(languages=("EN",))}, "language"),
        ({"targeting": Targeting(countries=("no",))}, "country"),
        ({"targeting": Targeting(page_kinds=("personal",))}, "personal"),
    ],
)
def test_a_flight_is_refused(fields, why):
    with pytest.raises(AdsRefusal, match=why):
        check_flight(a_flight(**fields))


PICTURE = Picture(title="Ferry", collection_id=1)  # the default asks the database


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"alt": "A ferry"}, "Choose a picture"),
        ({"picture": PICTURE}, "in words"),
        ({"picture": PICTURE, "alt": "A ferry", "link": ""}, "leads"),
        ({"picture": PICTURE, "alt": "A ferry", "link": "javascript:alert(1)"}, "web address"),
        ({"picture": PICTURE, "alt": "A ferry", "html": "<b>"}, "Only a creative of HTML"),
        ({"picture": PICTURE, "alt": "A ferry", "weight": 0}, "weight"),
        ({"kind": "card"}, "headline"),
        ({"kind": "html", "html": "<b>Ropes</b>"}, "run a title"),
        ({"kind": "script"}, "script"),
    ],
)
def test_a_creative_is_refused(fields, why):
    with pytest.raises(AdsRefusal, match=why):
        check_creative(CreativeOrder(**{"link": "https://shop.example/"} | fields), may_html=False)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"html": ""}, "no HTML"),
        ({"html": "ä" * 25_001}, "50 kB"),
        ({"html": "<b>Ropes</b>", "places": ("newsletter",)}, "newsletter"),
    ],
)
def test_even_trusted_html_has_its_limits(fields, why):
    with pytest.raises(AdsRefusal, match=why):
        check_creative(CreativeOrder(kind="html", **fields), may_html=True)
