"""Money that comes late, from an old page, or is taken back by a bank."""

from datetime import timedelta

import pytest
from django.urls import reverse

from masthead.ads.customers import paying
from masthead.ads.customers.dues import due_cents
from masthead.ads.customers.jobs import reconcile_campaign_payments
from masthead.ads.customers.returning import give_back
from masthead.ads.models import Campaign, Flight
from masthead.ads.running import flights_of
from masthead.ads.selling import actions
from masthead.ads.selling.actions.flights import order_of
from masthead.jobs.worker import run_due_jobs
from masthead.memberships.providers.choosing import provider, stand_in
from masthead.memberships.standin.payments import close_dispute, open_dispute
from tests.ads.factories import a_campaign, a_creative_order, a_flight_order, an_advertiser
from tests.ads.paying import begin, hear, pay
from tests.factories import NOON, at_desk

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def campaign(courier, port, time_machine):
    """200.00, without tax."""
    time_machine.move_to(NOON, tick=False)
    provider()
    ropes = an_advertiser("Ropes & Sons", email="shop@ropes.example")
    order = a_flight_order(outlets=(courier,), creatives=(a_creative_order(),))
    return a_campaign(advertiser=ropes, flights=(order,))


def settled(page):
    paying.settle_payment(payment=page, at=NOON)
    page.campaign.refresh_from_db()
    return page


def price(campaign, cents):
    """Of a thousand views; 10,000 are ordered. No page hears of it."""
    Flight.objects.filter(campaign=campaign).update(amount_cents=cents)


@pytest.mark.parametrize(("account", "pays"), [("3204", True), ("3202", False)])
@pytest.mark.parametrize("is_heard", [True, False], ids=["notice", "nightly"])
def test_a_debit_waits_until_its_bank_has_said(campaign, time_machine, account, pays, is_heard):
    page = begin(campaign)
    pay(page, account)
    settled(page)
    waiting = page.state
    with pytest.raises(actions.AdsRefusal, match="on its way"):
        begin(campaign)

    time_machine.move_to(NOON + WEEK, tick=False)
    stand_in().catch_up()
    hear() if is_heard else reconcile_campaign_payments()

    page.refresh_from_db()
    campaign.refresh_from_db()
    assert (waiting, page.state) == ("waiting", "paid" if pays else "expired")
    assert (campaign.paid_at, campaign.invoices.count()) == (
        (NOON + WEEK, 1) if pays else (None, 0)
    )
    if not pays:
        assert begin(campaign).page_url


def test_the_nightly_look_finds_what_was_paid_unseen_and_closes_what_is_over(
    campaign, time_machine
):
    other = a_campaign(advertiser=campaign.advertiser)
    unseen, left = begin(campaign), begin(other)
    pay(unseen)
    price(other, 5000)

    reconcile_campaign_payments()

    unseen.refresh_from_db()
    left.refresh_from_db()
    assert (unseen.state, left.state) == ("paid", "expired")
    assert not provider().read_page(left.ref).is_open


@pytest.mark.parametrize("change", ["flight", "new flight", "no flight", "currency", "invoice"])
def test_whatever_changes_what_is_due_closes_the_page(campaign, courier, pia, change):
    page, flight = begin(campaign), campaign.flights.get()
    if change == "flight":
        price(campaign, 3000)
        flight.refresh_from_db()
        actions.change_flight(flight=flight, order=order_of(flight), by=pia, at=NOON)
    elif change == "new flight":
        order = a_flight_order(outlets=(courier,))
        actions.add_flight(campaign=campaign, order=order, by=pia, at=NOON)
    elif change == "no flight":
        actions.drop_flight(flight=flight, by=pia, at=NOON)
    elif change == "currency":
        actions.change_campaign(
            campaign=campaign, by=pia, name="Winter", currency="jpy", note_for_desk=""
        )
        assert campaign.flights.get().amount_cents == 20
    else:
        price(campaign, 3000)
        at_desk(pia).post(reverse("ads:invoice", args=[campaign.public_id]))
    run_due_jobs()

    page.refresh_from_db()
    assert (page.state, provider().read_page(page.ref).is_open) == ("expired", False)


def test_an_old_page_pays_what_it_took_and_the_rest_stays_due(campaign, pia):
    old = begin(campaign)
    price(campaign, 3000)
    pay(old)
    settled(old)
    campaign.refresh_from_db()
    in_part = campaign.paid_at
    screen = at_desk(pia).get(reverse("ads:campaign", args=[campaign.public_id]))
    rest = begin(campaign)
    pay(rest)
    settled(rest)

    campaign.refresh_from_db()
    assert (in_part, old.amount_cents, rest.amount_cents) == (None, 20_000, 10_000)
    assert "€100 is still to be paid" in screen.content.decode()
    assert (campaign.paid_at, campaign.invoices.get().total_cents) == (NOON, 30_000)
    with pytest.raises(actions.AdsRefusal, match="paid already"):
        begin(campaign)


def test_what_an_old_page_took_too_much_is_shown_and_goes_back_without_a_credit_note(campaign, pia):
    old = begin(campaign)
    price(campaign, 1500)
    pay(old)
    settled(old)
    screen = at_desk(pia).get(reverse("ads:campaign", args=[campaign.public_id]))

    give_back(campaign=campaign, amount_cents=5_000, reason="Too much", by=pia, at=NOON)

    invoice = campaign.invoices.get()
    campaign.refresh_from_db()
    assert "€50 more was paid" in screen.content.decode()
    assert (invoice.total_cents, invoice.credit_notes.count()) == (15_000, 0)
    assert campaign.paid_at == NOON


def test_what_came_in_another_currency_pays_nothing_and_can_go_back(campaign, pia):
    old = begin(campaign)
    Campaign.objects.filter(pk=campaign.pk).update(currency="usd")
    pay(old)
    settled(old)
    campaign.refresh_from_db()
    before = (old.state, campaign.paid_at, due_cents(campaign, at=NOON), campaign.invoices.count())

    form = {"amount": "200", "left": "200.00", "reason": "Other currency"}
    screen = at_desk(pia).post(reverse("ads:credit", args=[campaign.public_id]), form, follow=True)

    old.refresh_from_db()
    assert before == ("paid", None, 20_000, 0)
    assert old.state == "returned", screen.content.decode()


@pytest.mark.parametrize("is_won", [True, False], ids=["won", "lost"])
def test_what_a_bank_wants_back_stops_and_goes_on_when_it_is_won(campaign, courier, is_won):
    page = begin(campaign)
    pay(page)
    settled(page)
    running = [len(flights_of(courier.pk, at=NOON))]
    books = stand_in().books
    with books.writing() as till:
        dispute = open_dispute(till, till.all("charge", parent=page.payment_ref)[0])
    hear()
    running.append(len(flights_of(courier.pk, at=NOON)))
    with books.writing() as till:
        close_dispute(till, dispute, won=is_won)
    for _ in range(2):
        reconcile_campaign_payments()
    running.append(len(flights_of(courier.pk, at=NOON)))

    page.refresh_from_db()
    campaign.refresh_from_db()
    assert running == [1, 0, int(is_won)]
    assert (page.state, campaign.state, campaign.paid_at, due_cents(campaign, at=NOON)) == (
        ("paid", "booked", NOON, 0) if is_won else ("lost", "held", None, 20_000)
    )
    if not is_won:
        anew = begin(campaign)
        pay(anew)
        settled(anew)
        campaign.refresh_from_db()
        assert (campaign.state, campaign.paid_at) == ("booked", NOON)
