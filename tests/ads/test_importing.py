"""Campaigns from a CSV file: taken once, refused row by row."""

import pytest

from masthead.ads.models import Advertiser, Campaign, Flight
from masthead.ads.selling.importing import _cents, _whole, import_csv
from masthead.ads.selling.refusals import AdsRefusal
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


@pytest.mark.parametrize(("text", "cents"), [("", 0), ("20", 2000), ("20,5", 2050), (".07", 7)])
def test_amounts_as_people_write_them(text, cents):
    assert _cents(text) == cents


@pytest.mark.parametrize("text", ["-1", "1.234", "two", "1e3", "٣"])
def test_no_amounts(text):
    with pytest.raises(AdsRefusal):
        _cents(text)
    with pytest.raises(AdsRefusal):
        _whole(text)
