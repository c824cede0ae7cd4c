"""A flood of sign-ups ends at a budget of mails, and is told."""

import logging
from datetime import timedelta

import pytest

from masthead.accounts.models import User
from masthead.mail.models import Letter
from masthead.readers import budget
from masthead.readers.budget import JOINING, SIGNING_IN, may_be_sent, network_of
from masthead.readers.intents import Intent
from masthead.readers.jobs import tell_owners_of_flood, tidy_readers
from masthead.readers.models import Asked, Flood
from masthead.readers.proofs import ask_to_prove
from tests.factories import NOON

HOUR = timedelta(hours=1)


@pytest.fixture
def small_budget(settings):
    settings.OPERATOR = {**settings.OPERATOR, "confirmations_per_hour": 20}


def asked(number: int = 0, *, address: str = "", source: str = "", pool: str = JOINING, at=NOON):
    return may_be_sent(
        pool=pool,
        address=address or f"r{number}@courier.example",
        source=source or f"198.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        at=at,
    )


@pytest.mark.parametrize(
    ("source", "network"),
    [
        ("198.51.100.77", "198.51.100.0/24"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        ("2001:db8:aa:bb::1", "2001:db8:aa::/48"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_machines_are_counted_by_their_network(source, network):
    assert network_of(source) == network


def test_one_address_has_five_in_an_hour_however_it_is_written(db):
    taken = [
        asked(number << 8, address=f"cy+{number}@courier.example")
        for number in range(budget.PER_ADDRESS + 2)
    ]

    assert taken == [True] * budget.PER_ADDRESS + [False] * 2
    assert asked(address="cy@courier.example", source="192.0.2.1", at=NOON + HOUR)


def test_one_network_has_forty_in_an_hour(db):
    taken = [asked(number, source=f"192.0.2.{number}") for number in range(budget.PER_NETWORK + 2)]

    assert taken == [True] * budget.PER_NETWORK + [False] * 2


def test_one_network_cannot_use_up_what_all_have(db, small_budget):
    for number in range(60):
        asked(number, address="cy@courier.example", source="192.0.2.1")

    assert (asked(7 << 8), Flood.objects.count()) == (True, 0)


def test_a_flood_of_sign_ups_keeps_nobody_from_signing_in(db, small_budget):
    for number in range(30):
        asked(number << 8)

    assert asked(99 << 8, pool=SIGNING_IN)


def test_ten_thousand_addresses_from_ten_thousand_sources_get_a_budget_of_mails(
    sheet, small_budget, caplog
):
    User.objects.create_superuser("owner@courier.example")
    intent = Intent("test.join", "Send it to me.")

    with caplog.at_level(logging.WARNING, "masthead.readers.budget"):
        for number in range(10_000):
            ask_to_prove(
                email=f"r{number}@courier.example",
                intents=[intent],
                sheet=sheet,
                place="",
                source=f"10.{number >> 8}.{number & 255}.1",
                at=NOON,
            )

    flood = Flood.objects.get()
    assert Letter.objects.filter(kind="readers.confirm").count() == 20
    assert flood.kept_back == 10_000 - 20
    assert Asked.objects.count() == 41  # and not a row for each of the ten thousand
    assert len(caplog.records) == 1


def test_the_owners_are_told_once(sheet, small_budget):
    User.objects.create_superuser("owner@courier.example")
    for number in range(25):
        asked(number << 8)

    for _each in range(2):
        tell_owners_of_flood(flood_id=Flood.objects.get().pk)

    assert list(Letter.objects.values_list("address", "kind")) == [
        ("owner@courier.example", "readers.flood")
    ]


def test_a_flood_that_comes_back_a_day_later_is_another(db, small_budget):
    for at in (NOON, NOON + HOUR, NOON + 24 * HOUR):
        for number in range(25):
            asked(number << 8, at=at)

    assert list(Flood.objects.order_by("pk").values_list("kept_back", flat=True)) == [10, 5]


def test_what_was_counted_is_kept_for_a_day(db, clock):
    asked(1, at=NOON)
    clock.shift(timedelta(days=2))

    tidy_readers()

    assert Asked.objects.count() == 0
