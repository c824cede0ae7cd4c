"""Advertising in editions: what goes out, what arrives, what is opened."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from masthead.ads.letters import views
from masthead.ads.letters.counting import count_ad_clicks, count_copies, note_editions
from masthead.ads.letters.links import ad_path, creatives_in, read_ad_token
from masthead.ads.letters.seller import sell
from masthead.ads.models import Creative, Flight, HourOfAds, PlaceInEdition
from masthead.mail.models import State
from masthead.newsletters.clicks.telling_apart import Click
from masthead.newsletters.models import Delivery, Edition
from masthead.newsletters.printing import print_copies
from tests.ads.factories import a_creative_order, a_flight
from tests.factories import NETWORK, NOON, an_article, an_outlet
from tests.newsletters.kits import a_newsletter, an_edition, article, sent
from tests.newsletters.test_clicks import A_BROWSER

PLACE = {"kind": "placement", "slot": "top"}
WORDS = {
    "kind": Creative.Kind.CARD,
    "headline": "Fresh at six",
    "text": "Bread & <rolls>",
    "action": "To the bakery",
}


@pytest.fixture
def evening(courier):
    return a_newsletter(courier)


@pytest.fixture
def edition(evening, port):
    return an_edition(evening, article(an_article(port, "Seven ships")), PLACE)


@pytest.fixture
def bakery(courier):
    """A flight in newsletters alone."""
    return a_letter_flight(courier)


def a_letter_flight(courier, **fields):
    flight = a_flight(outlets=(courier,), creatives=(a_creative_order(**WORDS),), starts_at=NOON)
    changed = {"places": ["newsletter"]} | fields
    for name, value in changed.items():
        setattr(flight, name, value)
    flight.save()
    return flight


def arrived(edition, copies, *, number, variant="public", state=State.ACCEPTED):
    copy = next(each for each in copies if each.variant == variant)
    for _ in range(number):
        Delivery.objects.create(
            edition=edition, copy=copy, address="", domain="", state=state, due_at=NOON
        )


def counted(creative):
    row = HourOfAds.objects.filter(creative=creative, place="newsletter").first()
    return (row.chances, row.offered, row.clicked) if row else None


def test_a_sold_place_says_who_pays_and_leads_by_a_link_of_ours(edition, bakery):
    with CaptureQueriesContext(connection) as queries:
        sold = sell(Edition.objects.select_related("newsletter").get(pk=edition.pk), "top", NOON)

    creative = bakery.creatives.get()
    assert len(queries) == 2  # the edition itself, and one
    assert sold.sponsor == bakery.campaign.advertiser.name
    assert (sold.title, sold.html) == ("Fresh at six", "<p>Bread &amp; &lt;rolls&gt;</p>")
    assert sold.link == f"http://{NETWORK}/courier/" + ad_path(
        edition_id=edition.pk, creative_id=creative.pk
    )


NOT_FOR_IT = [
    {"places": ["top"]},
    {"paused": "desk"},
    {"starts_at": NOON + timedelta(days=1)},
    {"ends_at": NOON, "starts_at": NOON - timedelta(days=1)},
    {"screens": ["narrow"]},
    {"countries": ["GB"]},
    {"page_kinds": ["article"]},
    {"daily_cap": 500},
    {"languages": ["ar"]},
    {"hours": [3]},
    {"weekdays": [6]},
]


def test_what_does_not_belong_into_this_edition_is_not_sold(courier, edition, bakery):
    usual = {field: getattr(bakery, field) for fields in NOT_FOR_IT for field in fields}

    def is_sold(fields):
        Flight.objects.update(**usual | fields)
        return sell(edition, "top", NOON) is not None

    assert is_sold({})
    assert [fields for fields in NOT_FOR_IT if is_sold(fields)] == []


def test_a_flight_of_other_outlets_or_of_sections_is_not_sold(courier, port, edition):
    a_letter_flight(an_outlet(slug="tideline", title="Tideline"))
    a_letter_flight(courier).sections.add(port)

    assert sell(edition, "top", NOON) is None


def test_who_paid_to_see_none_gets_a_copy_without_it(edition, bakery):
    copies = {copy.variant: copy.html for copy in print_copies(edition, NOON)}

    found = {name: creatives_in(html, edition_id=edition.pk) for name, html in copies.items()}

    assert found == {"public": [bakery.creatives.get().pk], "adfree": []}
    assert "Fresh at six" not in copies["adfree"]


def test_each_copy_that_arrived_counts_once(edition, bakery):
    creative = bakery.creatives.get()
    copies = print_copies(edition, NOON)
    sent(edition, at=NOON)
    arrived(edition, copies, number=3)
    arrived(edition, copies, number=2, variant="adfree")
    arrived(edition, copies, number=1, state=State.FAILED)

    for _ in range(2):
        note_editions(at=NOON)
        count_copies(at=NOON)
    arrived(edition, copies, number=2)
    count_copies(at=NOON)

    assert counted(creative) == (0, 5, 0)
    assert counted(None) == (5, 0, 0)


def test_what_is_settled_after_an_edition_was_finished_is_counted_at_night(edition, bakery):
    copies = print_copies(edition, NOON)
    sent(edition, at=NOON)
    note_editions(at=NOON)
    Edition.objects.update(finished_at=NOON)
    arrived(edition, copies, number=1)
    later = NOON + timedelta(hours=2)

    found = [count_copies(at=later), count_copies(at=later, also_finished=True)]

    assert found == [0, 1]


def test_a_place_that_nobody_bought_is_a_chance_all_the_same(edition):
    copies = print_copies(edition, NOON)
    sent(edition, at=NOON)
    arrived(edition, copies, number=4)

    note_editions(at=NOON)
    count_copies(at=NOON)

    assert PlaceInEdition.objects.get().creative is None
    assert counted(None) == (4, 0, 0)


def test_a_link_leads_to_the_advertiser_and_is_counted_for_people(edition, bakery, monkeypatch):
    creative = bakery.creatives.get()
    seen = []
    monkeypatch.setattr(views.counter, "add", seen.append)
    address = "/courier/" + ad_path(edition_id=edition.pk, creative_id=creative.pk)

    answer = Client(headers={"host": NETWORK}).get(address, headers=A_BROWSER)

    assert (answer.status_code, answer["Location"]) == (302, "https://shop.example/")
    assert [(each.copy_id, each.article_id, each.is_machine) for each in seen] == [
        (edition.pk, creative.pk, False)
    ]


@pytest.mark.parametrize("spoil", ["forged", "refused"])
def test_a_link_that_is_nobodys_leads_nowhere(edition, bakery, spoil):
    creative = bakery.creatives.get()
    address = "/courier/" + ad_path(edition_id=edition.pk, creative_id=creative.pk)
    if spoil == "forged":
        address = address[:-1] + ("A" if address[-1] != "A" else "B")
    else:
        Creative.objects.update(state=Creative.State.REFUSED)

    assert Client(headers={"host": NETWORK}).get(address).status_code == 404


def test_clicks_count_by_people_and_only_of_what_went_out(edition, bakery):
    creative = bakery.creatives.get()
    print_copies(edition, NOON)
    sent(edition, at=NOON)
    note_editions(at=NOON)
    later = NOON + timedelta(minutes=5)

    count_ad_clicks(
        [
            Click(edition.pk, creative.pk, 1, later),
            Click(edition.pk, creative.pk, 2, later, is_machine=True),
            Click(edition.pk, creative.pk, 3, NOON + timedelta(seconds=2)),  # nobody is so quick
            Click(edition.pk, creative.pk + 1, 4, later),
            Click(edition.pk + 1, creative.pk, 5, later),
        ]
    )

    assert counted(creative) == (0, 0, 1)


def test_somebodys_own_words_are_no_link_of_an_edition():
    path = ad_path(edition_id=7, creative_id=31)

    assert read_ad_token(path.rpartition("/")[2]) == (7, 31)
    assert creatives_in(f"{path} {path[:-1]}x {path}", edition_id=7) == [31]
    assert creatives_in(path, edition_id=8) == []
