"""The reports as the ad desk opens them."""

import csv
from copy import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from masthead.ads.models import HourOfAds
from masthead.ads.pacing.outlooks import curves_now, look_ahead
from masthead.ads.pacing.turn import pace_flights
from masthead.ads.reports.delivery import deliveries
from masthead.ads.reports.outlook import for_sale
from tests.ads.factories import a_flight, an_hour
from tests.factories import NOON, at_desk

pytestmark = pytest.mark.usefixtures("clock")
REPORTS = ["fill", "delivery", "to_sell", "money"]
HOURS = 15 * 24


@pytest.fixture
def running(courier):
    """Half of four weeks are over; 100 chances an hour, of which the flight had twenty."""
    flight = a_flight(
        outlets=(courier,),
        starts_at=NOON - timedelta(days=14),
        ends_at=NOON + timedelta(days=14),
        goal=8_000,
    )
    flight.places = ["top"]
    flight.save()
    count(courier, flight)
    look_ahead(at=NOON)
    pace_flights(at=NOON)
    return flight


def count(courier, flight):
    creative = flight.creatives.get()
    now = int(NOON.timestamp()) // 3600
    rows = [
        HourOfAds(outlet=courier, place="top", hour=now - back, chances=100)
        for back in range(1, HOURS)
    ]
    rows += [
        HourOfAds(
            outlet=courier, place="top", hour=now - back, creative=creative, offered=20, visible=12
        )
        for back in range(1, 14 * 24 + 1)
    ]
    HourOfAds.objects.bulk_create(rows)


@pytest.fixture
def desk(sam):
    return at_desk(sam)


def sheet(desk, name, *args):
    answer = desk.get(reverse(f"ads-reports:{name}_csv", args=args))
    return list(csv.DictReader(answer.content.decode().splitlines()))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_opens_and_asks_as_much_for_three_flights_as_for_one(desk, courier, running, name):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(reverse(f"ads-reports:{name}")).status_code == 200
        return len(captured)

    queries()
    one = queries()
    for _ in range(2):
        more = a_flight(outlets=(courier,), starts_at=NOON - timedelta(days=2))
        an_hour(courier, creative=more.creatives.get(), at=NOON, offered=5, visible=3)

    assert queries() == one


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_nothing_says_so(desk, name):
    answer = desk.get(reverse(f"ads-reports:{name}"))

    assert (answer.status_code, "desk-empty" in answer.content.decode()) == (200, True)


def test_reports_are_for_those_who_sell(courier, ada, running):
    stranger = at_desk(ada)

    answers = [stranger.get(reverse(f"ads-reports:{name}")).status_code for name in REPORTS]

    assert answers == [302] * 4  # back to the desk's home


def test_fill_is_what_was_sold_of_the_chances(desk, running):
    (row,) = sheet(desk, "fill")

    assert row["place"] == "Top of the page"
    assert [int(row[name]) for name in ("chances", "sold", "house", "visible")] == [
        100 * (HOURS - 1),
        20 * 336,
        0,
        12 * 336,
    ]


def test_a_flight_stands_beside_its_plan(desk, running, courier):
    (found,) = deliveries([running], curves=curves_now(), outlets=[courier.pk], at=NOON)
    days = sheet(desk, "flight", running.public_id)

    assert (found.of_goal, found.planned, found.expected) == (4032, 4000, 8000)
    assert found.state == "on-plan"
    assert (days[0]["done"], days[-1]["day"], days[-1]["done"]) == ("144", "2026-11-16", "4032")


STATES = [
    ({"goal": 4_000}, "reached"),
    ({"goal": 9_000}, "behind"),
    ({"goal": 6_000}, "ahead"),
    ({"goal": 90_000}, "will-be-short"),
    ({"ends_at": NOON}, "short"),
    ({"paused": "desk"}, "paused"),
    ({"starts_at": NOON + timedelta(days=1)}, "to-come"),
    ({"goal": 0}, "runs"),
    ({"goal": 0, "ends_at": NOON}, "over"),
    ({"goal_kind": "share", "goal": 300}, "runs"),
]


def test_the_states_of_a_flight(running, courier):
    curves = curves_now()

    def state(change):
        changed = copy(running)
        for name, value in change.items():
            setattr(changed, name, value)
        return deliveries([changed], curves=curves, outlets=[courier.pk], at=NOON)[0].state

    assert [(change, state(change)) for change, _ in STATES] == STATES


def test_what_can_be_sold_is_what_comes_less_what_is_promised(running, courier):
    cell = (courier.pk, "top")

    found = for_sale(
        {courier.pk: "Courier"},
        curves=curves_now(),
        seen={cell: 0.6},
        all_outlets=[courier.pk],
        start=NOON,
        end=NOON + timedelta(days=7),
    )

    (row,) = found.rows
    assert (row.expected, row.free + row.promised) == (10_080, row.expected)
    # Half of what is left of it falls into the first of its two weeks.
    assert row.promised == pytest.approx((8_000 - 4_032) / 2, rel=0.02)
    assert found.short == []


def test_a_flight_that_asks_for_too_much_is_told(running, courier):
    running.goal = 60_000
    running.save()

    found = for_sale(
        {courier.pk: "Courier"},
        curves=curves_now(),
        seen={},
        all_outlets=[courier.pk],
        start=NOON,
        end=NOON + timedelta(days=14),
    )

    assert [(each.flight.pk, each.missing > 30_000) for each in found.short] == [(running.pk, True)]


def test_money_is_told_by_month_and_to_bookkeepers(desk, running):
    rows = sheet(desk, "money")

    assert [(row["month"], row["views"], row["amount"], row["currency"]) for row in rows] == [
        ("2026-11", "4032", "80.64", "EUR")
    ]
