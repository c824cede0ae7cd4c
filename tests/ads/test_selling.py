"""Booking, changing, pausing, approving: what is written down and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from masthead.accounts.models import Role
from masthead.ads.models import Campaign, Creative, Flight, Pause
from masthead.ads.selling import actions, queries
from masthead.ads.selling.orders import Targeting
from masthead.changes import keys
from masthead.changes.models import Change
from tests.ads.factories import (
    a_campaign,
    a_creative_order,
    a_flight,
    a_flight_order,
    an_advertiser,
    an_hour,
)
from tests.factories import NOON, a_person, an_outlet

pytestmark = pytest.mark.django_db


def test_a_campaign_is_booked_whole_told_to_the_pages_and_written_in_the_log(sam, courier):
    order = a_flight_order(outlets=(courier,), creatives=(a_creative_order(),))

    campaign = actions.book_campaign(
        advertiser=an_advertiser("Ropes"), name=" Winter  ropes ", flights=[order], by=sam, at=NOON
    )

    flight = campaign.flights.get()
    assert (campaign.name, campaign.state, campaign.created_by) == ("Winter ropes", "draft", sam)
    assert (flight.goal, list(flight.outlets.all())) == (10_000, [courier])
    assert flight.creatives.get().state == Creative.State.WAITING
    assert Change.objects.latest("number").keys == [keys.advertising(courier.pk)]
    assert ModelLogEntry.objects.get(action="ads.campaign.book").user == sam


def test_nothing_is_written_when_one_piece_is_refused(sam, courier):
    advertiser = an_advertiser()
    good = a_flight_order(outlets=(courier,), creatives=(a_creative_order(),))
    bad = replace(good, creatives=(a_creative_order(link="http://shop.example/"),))

    with pytest.raises(actions.AdsRefusal, match="https"):
        actions.book_campaign(
            advertiser=advertiser, name="Winter", flights=[good, bad], by=sam, at=NOON
        )

    assert not Campaign.objects.exists()


def test_a_seller_sells_only_in_their_own_titles_and_sees_only_what_runs_there(sam, courier):
    tideline = an_outlet(slug="tideline", title="Tideline")
    tina = a_person("tina", Role.SELLER, tideline)
    olga = a_person("olga", Role.OWNER, courier.get_parent())
    here = a_campaign(flights=(a_flight_order(outlets=(courier,)),))
    everywhere = a_campaign(flights=(a_flight_order(),))

    with pytest.raises(actions.NotAllowed):
        actions.pause_flight(flight=here.flights.get(), by=tina, at=NOON)
    with pytest.raises(actions.NotAllowed):
        actions.confirm_campaign(campaign=everywhere, by=sam, at=NOON)

    assert list(queries.campaigns_for(sam)) == [everywhere, here]
    assert list(queries.campaigns_for(tina)) == [everywhere]
    assert list(queries.campaigns_for(olga)) == [everywhere, here]


def test_a_change_takes_the_approval_of_a_creative_back(courier, sam):
    flight = a_flight(outlets=(courier,))
    creative = flight.creatives.get()

    actions.change_creative(
        creative=creative, order=a_creative_order(alt="Another"), by=sam, at=NOON
    )

    creative.refresh_from_db()
    assert (creative.state, creative.alt) == (Creative.State.WAITING, "Another")


def test_what_was_changed_meanwhile_is_not_approved_unseen(courier, sam):
    flight = a_flight(outlets=(courier,), creatives=())
    seen = actions.add_creative(flight=flight, order=a_creative_order(), by=sam, at=NOON)
    other = Creative.objects.get(pk=seen.pk)
    actions.change_creative(creative=other, order=a_creative_order(alt="New"), by=sam, at=NOON)

    with pytest.raises(actions.AdsRefusal, match="meanwhile"):
        actions.approve_creative(creative=seen, by=sam, at=NOON)


def test_html_is_approved_by_those_alone_who_run_a_title(courier, sam, pia):
    flight = a_flight(outlets=(courier,), creatives=())
    order = a_creative_order(kind="html", html="<b>Ropes</b>")
    with pytest.raises(actions.AdsRefusal, match="HTML"):
        actions.add_creative(flight=flight, order=order, by=sam, at=NOON)
    creative = actions.add_creative(flight=flight, order=order, by=pia, at=NOON)

    with pytest.raises(actions.NotAllowed):
        actions.approve_creative(creative=creative, by=sam, at=NOON)

    actions.approve_creative(creative=creative, by=pia, at=NOON)
    assert creative.state == Creative.State.APPROVED


def test_an_advertiser_ends_only_their_own_pause(courier, sam):
    flight = a_flight(outlets=(courier,))
    actions.pause_flight(flight=flight, by=sam, at=NOON)

    with pytest.raises(actions.AdsRefusal, match="not by you"):
        actions.resume_flight(flight=flight, by=None, at=NOON)

    actions.resume_flight(flight=flight, by=sam, at=NOON)
    actions.pause_flight(flight=flight, by=None, why=Pause.ADVERTISER, at=NOON)
    actions.resume_flight(flight=flight, by=None, at=NOON)
    assert Flight.objects.get().paused == Pause.NONE


def test_what_is_short_is_made_good_once_for_nothing(courier, sam):
    flight = a_flight(outlets=(courier,))
    after = NOON + timedelta(weeks=5)

    made = actions.make_good(
        flight=flight, missing=400, ends_at=after + timedelta(weeks=1), by=sam, at=after
    )

    assert (made.goal, made.amount_cents, made.makes_good) == (400, 0, flight)
    assert [each.state for each in made.creatives.all()] == ["approved"]
    assert made.creatives.get().public_id != flight.creatives.get().public_id
    with pytest.raises(actions.AdsRefusal, match="already"):
        actions.make_good(
            flight=flight, missing=400, ends_at=after + timedelta(weeks=1), by=sam, at=after
        )


def test_what_was_shown_is_paused_not_dropped(courier, sam):
    flight = a_flight(outlets=(courier,))
    an_hour(courier, creative=flight.creatives.get(), at=NOON, visible=3)

    with pytest.raises(actions.AdsRefusal, match="shown already"):
        actions.drop_flight(flight=flight, by=sam, at=NOON)


def test_a_flight_is_changed_whole_and_both_its_titles_are_told(sam, courier):
    tideline = an_outlet(slug="tideline", title="Tideline")
    flight = a_flight(outlets=(tideline,))

    order = a_flight_order(targeting=Targeting(outlets=(courier,), hours=(7, 8)), goal=7)
    actions.change_flight(flight=flight, order=order, by=None, at=NOON)

    flight.refresh_from_db()
    assert (flight.goal, flight.hours, list(flight.outlets.all())) == (7, [7, 8], [courier])
    told = {keys.advertising(courier.pk), keys.advertising(tideline.pk)}
    assert set(Change.objects.latest("number").keys) == told
