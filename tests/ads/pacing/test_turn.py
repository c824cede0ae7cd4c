"""The minute's turn and the hour's forecast, from rows to rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masthead.ads.chances import chances_of
from masthead.ads.models import FlightPace, HourOfAds, Outlook, Pause
from masthead.ads.pacing.outlooks import curves_now, look_ahead
from masthead.ads.pacing.turn import pace_flights
from tests.ads.factories import a_flight, an_hour
from tests.factories import NOON

MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)


@pytest.fixture
def counted(courier):
    """Two weeks of a hundred chances an hour at the top of the Courier's pages."""
    now = int(NOON.timestamp()) // 3600
    HourOfAds.objects.bulk_create(
        HourOfAds(outlet=courier, place="top", hour=now - back, chances=100)
        for back in range(1, 337)
    )
    look_ahead(at=NOON)


def a_top(courier, **fields):
    usual = {"goal": 1680, "ends_at": NOON + WEEK}
    flight = a_flight(outlets=(courier,), **usual | fields)
    flight.places = ["top"]
    flight.save()
    return flight


def chance_of(flight):
    return FlightPace.objects.get(flight=flight).chance


def test_places_that_were_counted_have_a_forecast_each_made_anew(courier, counted):
    look_ahead(at=NOON)

    week = curves_now()[courier.pk, "top"].expected(NOON.timestamp(), (NOON + WEEK).timestamp())
    assert Outlook.objects.count() == 1
    assert week == pytest.approx(16_800, rel=0.01)


def test_a_flight_is_told_its_part_of_what_will_come(courier, counted):
    flight = a_top(courier)

    changed = pace_flights(at=NOON)

    # 1,680 of 16,800, of which six in ten are seen at first, and somewhat ahead.
    assert chance_of(flight) == pytest.approx(0.1 / 0.6 * 1.04, rel=0.01)
    assert changed == [courier.pk]
    assert pace_flights(at=NOON + MINUTE) == []


def test_what_was_counted_since_is_learnt_from_and_taken_off(courier, counted):
    flight = a_top(courier)
    pace_flights(at=NOON)
    first = chance_of(flight)
    pace_flights(at=NOON + MINUTE)
    an_hour(courier, creative=None, at=NOON, chances=1200)
    shown = flight.creatives.get()
    an_hour(courier, creative=shown, at=NOON, chances=0, offered=50, visible=40)
    an_hour(courier, creative=shown, at=NOON - timedelta(days=1), offered=90, visible=80)

    pace_flights(at=NOON + 2 * MINUTE)
    pace_flights(at=NOON + timedelta(hours=1))

    row = FlightPace.objects.get(flight=flight)
    assert (row.done, row.offered, row.visible) == (120, 140, 120)
    assert row.told_lately == pytest.approx(1200 * first, rel=0.2)


@pytest.mark.parametrize(
    "change",
    [
        lambda flight: setattr(flight, "paused", Pause.DESK),
        lambda flight: setattr(flight, "ends_at", NOON + MINUTE),
        lambda flight: setattr(flight, "goal", 30),
    ],
    ids=["paused", "over", "reached"],
)
def test_a_flight_that_does_not_run_any_more_has_no_chance(courier, counted, change):
    flight = a_top(courier)
    pace_flights(at=NOON)
    an_hour(courier, creative=flight.creatives.get(), at=NOON, offered=60, visible=30)
    change(flight)
    flight.save()

    pace_flights(at=NOON + MINUTE)

    assert chance_of(flight) == 0


def test_a_daily_cap_is_counted_from_midnight(courier, counted):
    flight = a_top(courier, daily_cap=50)
    shown = flight.creatives.get()
    an_hour(courier, creative=shown, at=NOON - timedelta(days=1), offered=60, visible=50)
    pace_flights(at=NOON)
    yesterday = chance_of(flight)
    an_hour(courier, creative=shown, at=NOON, offered=60, visible=50)

    pace_flights(at=NOON + MINUTE)

    assert (yesterday > 0, chance_of(flight)) == (True, 0)


def test_copies_of_newsletters_count_as_views_but_teach_nothing(courier, counted):
    flight = a_top(courier)
    shown = flight.creatives.get()
    pace_flights(at=NOON)
    an_hour(courier, creative=shown, at=NOON, place="newsletter", offered=500, clicked=4)

    pace_flights(at=NOON + MINUTE)

    row = FlightPace.objects.get(flight=flight)
    assert (row.done, row.offered, row.offered_lately) == (500, 0, 0)


def test_lists_get_the_chances_in_order_with_one_query(courier, counted):
    easy = a_top(courier)
    hard = a_top(courier, goal=12_000)
    a_top(courier, starts_at=NOON + WEEK, ends_at=NOON + 2 * WEEK)
    pace_flights(at=NOON)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = chances_of(courier.pk)

    assert len(queries) == 1
    assert list(found) == [hard.pk, easy.pk]
    assert found[hard.pk]["top"] > found[easy.pk]["top"] > 0


def test_a_turn_asks_as_much_for_three_flights_as_for_one(courier, counted):
    def queries_of_a_turn(at):
        with CaptureQueriesContext(connection) as queries:
            pace_flights(at=at)
        return len(queries)

    a_top(courier, daily_cap=500)
    pace_flights(at=NOON)
    one = queries_of_a_turn(NOON + MINUTE)
    for _ in range(2):
        a_top(courier, daily_cap=500)
    pace_flights(at=NOON + 2 * MINUTE)

    assert queries_of_a_turn(NOON + 3 * MINUTE) == one
