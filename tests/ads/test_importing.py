"""Campaigns from a CSV file: taken once, refused row by row."""

import pytest

from masthead.ads.models import Advertiser, Campaign, Flight
from masthead.ads.reports.sheets import amount
from masthead.ads.selling.importing import _cents, _whole, import_csv
from masthead.ads.selling.refusals import AdsRefusal
from masthead.memberships.money import amount_of, cents_of, in_words
from tests.factories import NOON

HEAD = "advertiser,email,trade,campaign,flight,first_day,last_day,titles,places,goal,price\n"
ROW = "Ropes,shop@ropes.example,ropes,Winter,{},2026-12-01,2026-12-31,{},top;side,10000,20.50\n"


@pytest.mark.django_db
def test_a_file_is_taken_once_and_its_bad_rows_are_named(sam, courier):
    text = HEAD + ROW.format("Top", "courier") + ROW.format("Side", "courier")
    text += ROW.format("Nowhere", "gazette") + "Lamps,,,,,,,,,,\n"

    first = import_csv(text=text, by=sam, at=NOON)
    again = import_csv(text=text, by=sam, at=NOON)

    assert (first.advertisers, first.campaigns, first.flights) == (2, 1, 2)
    assert first.refused == [(4, "There is no title called “gazette”.")]
    assert (again.advertisers, again.campaigns, again.flights, again.known) == (0, 0, 0, 3)
    assert Advertiser.objects.count() == 2
    assert Campaign.objects.get().state == Campaign.State.DRAFT
    flight = Flight.objects.get(name="Top")
    assert (flight.amount_cents, flight.places) == (2050, ["top", "side"])
    assert flight.starts_at.isoformat() == "2026-12-01T00:00:00+00:00"


@pytest.mark.parametrize("text", ["", "name,shop\nRopes,1\n", 'advertiser\n"Ropes\n'])
def test_what_is_no_table_of_ours_is_refused(text):
    with pytest.raises(AdsRefusal):
        import_csv(text=text, by=None, at=NOON)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "currency", "cents"),
    [
        ("", "eur", 0),
        ("20", "eur", 2000),
        ("20,5", "eur", 2050),
        (".07", "eur", 7),
        ("2000", "jpy", 2000),
        ("1.234", "kwd", 1234),
    ],
)
def test_amounts_as_people_write_them(text, currency, cents):
    assert _cents(text, currency) == cents
    assert cents_of(amount_of(cents, currency), currency) == cents


@pytest.mark.parametrize("text", ["-1", "1.234", "two", "1e3", "٣"])
def test_no_amounts(text):
    with pytest.raises(AdsRefusal):
        _cents(text, "eur")
    with pytest.raises(AdsRefusal):
        _whole(text)


@pytest.mark.parametrize(
    ("currency", "cell", "words"),
    [("eur", "2000.50", "€2,000.50"), ("jpy", "200050", "200,050 JPY"), ("kwd", "200.050", "KWD")],
)
def test_an_amount_has_the_digits_of_its_currency(currency, cell, words):
    assert amount(200_050, currency) == cell
    assert words.replace(",", "") in in_words(200_050, currency).replace(",", "")
    with pytest.raises(AdsRefusal, match="no amount of JPY"):
        _cents("10.5", "jpy")
