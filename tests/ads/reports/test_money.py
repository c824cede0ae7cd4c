"""What was earned, month by month, to the cent."""

from datetime import UTC, datetime

import pytest

from masthead.ads.models import Campaign, Flight, Pricing
from masthead.ads.reports import money
from masthead.ads.reports.money import by_currency, earned

NOVEMBER, DECEMBER = (2026, 11), (2026, 12)
NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def a_flight(**fields):
    usual = {
        "pk": 1,
        "name": "Four weeks",
        "campaign": Campaign(currency="eur"),
        "starts_at": datetime(2026, 11, 21, tzinfo=UTC),
        "ends_at": datetime(2026, 12, 11, tzinfo=UTC),
        "goal": 100_000,
        "pricing": Pricing.CPM,
        "amount_cents": 2000,
    }
    return Flight(**usual | fields)


@pytest.fixture
def of_months(monkeypatch):
    """What was counted, given as {month: {outlet: (views, clicks)}}."""

    def tell(flight, counted, at=NEW_YEAR):
        monkeypatch.setattr(money, "_counted", lambda ids: {flight.pk: counted})
        return [(row.month, row.outlet, row.cents) for row in earned([flight], at=at)]

    return tell


@pytest.mark.parametrize(
    ("fields", "counted", "rows"),
    [
        ({}, {NOVEMBER: {1: (30_000, 9)}}, [(NOVEMBER, 1, 60_000)]),
        (
            {},
            {NOVEMBER: {1: (60_000, 0)}, DECEMBER: {1: (60_000, 0)}},  # more than was ordered
            [(DECEMBER, 1, 80_000), (NOVEMBER, 1, 120_000)],
        ),
        ({"goal": 0}, {NOVEMBER: {1: (200_000, 0)}}, [(NOVEMBER, 1, 400_000)]),
        (
            {"pricing": Pricing.CPC, "amount_cents": 50, "goal_kind": "clicks", "goal": 10},
            {NOVEMBER: {1: (900, 12)}},
            [(NOVEMBER, 1, 500)],
        ),
        ({}, {NOVEMBER: {1: (1, 0), 2: (2, 0)}}, [(NOVEMBER, 1, 2), (NOVEMBER, 2, 4)]),
        (
            {"pricing": Pricing.FLAT, "amount_cents": 9_999, "goal": 0},
            {NOVEMBER: {1: (3, 0), 2: (1, 0)}},
            [(DECEMBER, None, 4_999), (NOVEMBER, 1, 3_750), (NOVEMBER, 2, 1_250)],
        ),
        ({"amount_cents": 0}, {NOVEMBER: {1: (30_000, 9)}}, []),
    ],
    ids=["a thousand", "more than ordered", "as many", "clicks", "two titles", "flat", "free"],
)
def test_a_flight_earned(of_months, fields, counted, rows):
    assert of_months(a_flight(**fields), counted) == rows


def test_half_of_a_flat_price_is_earned_half_way(of_months):
    flat = a_flight(pricing=Pricing.FLAT, amount_cents=9_999, goal=0)

    rows = of_months(flat, {}, at=datetime(2026, 12, 1, tzinfo=UTC))

    assert sum(cents for _, _, cents in rows) == 5_000


def test_thousandths_of_a_cent_do_not_get_lost_between_months(of_months):
    flight = a_flight(amount_cents=333, goal=0)
    counted = {(2026, month): {1: (777, 0), 2: (331, 0)} for month in range(1, 13)}

    rows = of_months(flight, counted)

    assert sum(cents for _, _, cents in rows) == round(333 * 12 * 1108 / 1000)


def test_amounts_of_two_currencies_are_not_added():
    def row(currency, cents):
        flight = a_flight(campaign=Campaign(currency=currency))
        return money.Earned(NOVEMBER, flight, 1, 0, 0, cents)

    assert by_currency([row("usd", 5), row("eur", 3), row("usd", 1)]) == {"eur": 3, "usd": 6}
