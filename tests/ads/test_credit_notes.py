"""An invoice that was wrong or given back is answered by a credit note, never changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from masthead.ads.customers import paying
from masthead.ads.customers.credited import part_of_tax
from masthead.ads.customers.crediting import issue_credit_note
from masthead.ads.customers.invoicing import issue_invoice
from masthead.ads.customers.returning import give_back
from masthead.ads.models import AdInvoice, Campaign, CampaignPayment, CreditNote, Flight
from masthead.ads.papers import credit_note_paper, invoice_paper
from masthead.ads.reports.credits import Credited, less_credits, papers_of, taken_back
from masthead.ads.reports.money import Earned, earned
from masthead.ads.selling import actions
from masthead.jobs.worker import run_due_jobs
from masthead.memberships.providers.choosing import provider
from tests.ads.factories import a_campaign, a_flight, a_flight_order, an_advertiser, an_hour
from tests.ads.paying import begin, hear, pay
from tests.factories import NOON, at_desk

OCTOBER, NOVEMBER, DECEMBER = (2026, 10), (2026, 11), (2026, 12)


@pytest.fixture
def campaign(courier, port, time_machine):
    """Of somebody who can pay at the stand-in; 200.00."""
    time_machine.move_to(NOON, tick=False)
    provider()
    ropes = an_advertiser("Ropes & Sons", email="shop@ropes.example")
    return a_campaign(advertiser=ropes, flights=(a_flight_order(outlets=(courier,)),))


@pytest.fixture
def paid(campaign, settings):
    """200.00 and a quarter of it as tax."""
    settings.ADS_TAX_PERCENT = 25
    payment = begin(campaign)
    pay(payment)
    paying.settle_payment(payment=payment, at=NOON)
    campaign.refresh_from_db()
    return campaign


@pytest.mark.django_db
def test_what_was_paid_is_given_back_with_a_credit_note_once_it_is_cancelled(paid, pia):
    with pytest.raises(actions.AdsRefusal, match="Cancel"):
        give_back(campaign=paid, by=pia, at=NOON)
    with pytest.raises(actions.AdsRefusal, match="paid online"):
        issue_credit_note(
            invoice=paid.invoices.get(), total_cents=1, reason="Late", by=pia, at=NOON
        )
    actions.cancel_campaign(campaign=paid, by=pia, at=NOON)
    desk = at_desk(pia)
    form = {"amount": "250", "left": "250.00", "reason": "Closed"}
    desk.post(reverse("ads:credit", args=[paid.public_id]), form)

    payment, made = CampaignPayment.objects.get(), CreditNote.objects.get()
    there = provider().read_payment(payment.payment_ref)
    assert (payment.state, there.refunded_cents) == ("returned", 25_000)
    assert (made.net_cents, made.tax_cents, str(made)) == (20_000, 5_000, "C-2026-00001")
    assert (made.said["reason"], made.said["is_returned"]) == ("Closed", True)
    paper = desk.get(reverse("ads:credit_pdf", args=[paid.public_id, made.number]))
    assert paper.content.startswith(b"%PDF-")
    screen = desk.get(reverse("ads:campaign", args=[paid.public_id])).content.decode()
    assert "C-2026-00001" in screen


@pytest.mark.django_db
def test_a_part_that_is_asked_for_twice_is_given_back_once(paid, pia):
    form = {"amount": "30", "left": "250.00", "reason": "A day was lost"}
    desk = at_desk(pia)

    for _ in range(2):
        desk.post(reverse("ads:credit", args=[paid.public_id]), form)

    there = provider().read_payment(CampaignPayment.objects.get().payment_ref)
    assert (there.refunded_cents, CreditNote.objects.get().total_cents) == (3_000, 3_000)


@pytest.mark.django_db
def test_what_was_given_back_on_the_providers_screens_has_a_credit_note_once(paid, pia):
    payment = CampaignPayment.objects.get()
    give_back(campaign=paid, amount_cents=999, reason="A day was lost", by=pia, at=NOON)
    provider().give_back(payment.payment_ref, amount_cents=2_001, key="there")
    for _ in range(2):
        hear()

    notes = list(CreditNote.objects.order_by("number"))
    payment.refresh_from_db()
    assert [each.total_cents for each in notes] == [999, 2_001]
    assert sum(each.tax_cents for each in notes) == 600
    assert (payment.state, payment.returned_cents) == ("paid", 3_000)


@pytest.mark.django_db
def test_a_wrong_invoice_is_credited_and_the_right_one_follows(courier, sam):
    flight = a_flight(outlets=(courier,))
    campaign = flight.campaign
    wrong = issue_invoice(campaign=campaign, by=sam, at=NOON)
    before = invoice_paper(wrong)

    def credit(cents):
        return issue_credit_note(
            invoice=wrong, total_cents=cents, reason="Wrong price", by=sam, at=NOON
        )

    credit(5_000)
    with pytest.raises(actions.AdsRefusal, match="already"):
        issue_invoice(campaign=campaign, by=sam, at=NOON)
    with pytest.raises(actions.AdsRefusal, match="€150 can be credited"):
        credit(15_001)
    note = credit(15_000)
    Flight.objects.filter(pk=flight.pk).update(amount_cents=1_500)
    right = issue_invoice(campaign=campaign, by=sam, at=NOON)

    assert (note.number, right.number, right.net_cents) == (2, 2, 15_000)
    assert invoice_paper(AdInvoice.objects.get(pk=wrong.pk)) == before
    assert credit_note_paper(note) == credit_note_paper(CreditNote.objects.get(pk=note.pk))
    an_hour(courier, creative=flight.creatives.get(), at=NOON, visible=10_000)
    flight.refresh_from_db()
    assert sum(row.cents for row in less_credits(earned([flight], at=NOON))) == 15_000
    papers = sorted(each.net_cents for each in papers_of([campaign.pk]))
    assert papers == [-15_000, -5_000, 15_000, 20_000]


@pytest.mark.django_db
def test_what_was_credited_before_it_is_paid_is_not_charged_nor_credited_again(
    campaign, settings, pia
):
    settings.ADS_TAX_PERCENT = 25
    invoice = issue_invoice(campaign=campaign, by=pia, at=NOON)

    early = begin(campaign)
    issue_credit_note(invoice=invoice, total_cents=5_000, reason="A day", by=pia, at=NOON)
    due = begin(campaign)
    for page in (early, due):
        pay(page)
        paying.settle_payment(payment=page, at=NOON)
    give_back(campaign=campaign, amount_cents=3_000, reason="Another day", by=pia, at=NOON)

    early.refresh_from_db()
    assert (early.amount_cents, early.state) == (25_000, "expired")
    assert (due.amount_cents, due.state) == (20_000, "paid")
    assert [each.total_cents for each in invoice.credit_notes.order_by("number")] == [5_000, 3_000]
    with pytest.raises(actions.AdsRefusal, match="paid already"):
        begin(campaign)


@pytest.mark.django_db
def test_a_page_left_open_at_another_amount_gives_back_without_crediting_twice(campaign, pia):
    """The invoice was credited while its customer was typing the card's number."""
    invoice = issue_invoice(campaign=campaign, by=pia, at=NOON)
    page = begin(campaign)
    issue_credit_note(invoice=invoice, total_cents=5_000, reason="A day", by=pia, at=NOON)
    pay(page)
    paying.settle_payment(payment=page, at=NOON)

    give_back(campaign=campaign, amount_cents=5_000, reason="Paid too much", by=pia, at=NOON)

    assert [each.total_cents for each in invoice.credit_notes.all()] == [5_000]


@pytest.mark.django_db
def test_a_cancelled_campaigns_page_takes_no_money(campaign, pia):
    page = begin(campaign)

    actions.cancel_campaign(campaign=campaign, by=pia, at=NOON)
    run_due_jobs()

    page.refresh_from_db()
    assert (page.state, provider().read_page(page.ref).is_open) == ("expired", False)


@pytest.mark.django_db
def test_money_that_came_is_written_down_also_where_nothing_was_delivered(campaign, pia):
    page = begin(campaign)
    pay(page)
    flight = campaign.flights.get()
    flight.starts_at, flight.ends_at = NOON - timedelta(days=9), NOON - timedelta(days=1)
    flight.pricing, flight.amount_cents = "cpm", 1_000
    flight.save()

    paying.settle_payment(payment=page, at=NOON)
    campaign.refresh_from_db()

    assert (page.state, campaign.paid_at, campaign.invoices.count()) == ("paid", NOON, 0)
    actions.cancel_campaign(campaign=campaign, by=pia, at=NOON)
    give_back(campaign=campaign, by=pia, at=NOON)
    assert CampaignPayment.objects.get().state == "returned"


FIRST, SECOND = (Flight(pk=pk, campaign=Campaign(currency="eur")) for pk in (1, 2))


@pytest.mark.parametrize(
    ("rows", "invoiced", "by_month", "taken"),
    [
        # All is given back before anything was earned: nothing is taken.
        ([], 200, {NOVEMBER: 200}, []),
        # Half of it, when all was earned.
        ([(NOVEMBER, FIRST, 1, 200)], 200, {DECEMBER: 100}, [(DECEMBER, 1, 1, -100)]),
        # A quarter, when half was earned: taken as soon as more is earned than is still asked for.
        (
            [(OCTOBER, FIRST, 1, 100), (DECEMBER, FIRST, 1, 100)],
            200,
            {NOVEMBER: 50},
            [(DECEMBER, 1, 1, -50)],
        ),
        # Flights and titles bear it by what they earned.
        (
            [(NOVEMBER, FIRST, 1, 50), (NOVEMBER, FIRST, 2, 25), (NOVEMBER, SECOND, 1, 25)],
            100,
            {NOVEMBER: 50},
            [(NOVEMBER, 1, 1, -25), (NOVEMBER, 1, 2, -12), (NOVEMBER, 2, 1, -13)],
        ),
        # What was taken of one is not taken again of it when the other has earned.
        (
            [(NOVEMBER, FIRST, 1, 100), (DECEMBER, SECOND, 1, 100)],
            200,
            {NOVEMBER: 150, DECEMBER: 50},
            [(NOVEMBER, 1, 1, -50), (DECEMBER, 1, 1, -50), (DECEMBER, 2, 1, -100)],
        ),
        # A wrong invoice of which all was credited, and the right one.
        ([(NOVEMBER, FIRST, 1, 150)], 350, {NOVEMBER: 200}, []),
    ],
    ids=["nothing earned", "half", "later", "shares", "each once", "invoiced anew"],
)
def test_credit_notes_take_back_what_was_earned(rows, invoiced, by_month, taken):
    told = [Earned(month, flight, outlet, 9, 0, cents) for month, flight, outlet, cents in rows]

    found = taken_back(told, Credited(invoiced, by_month))

    assert [(row.month, row.flight.pk, row.outlet, row.cents) for row in found] == taken
    assert not any(row.views for row in found)


@pytest.mark.parametrize(("cents", "tax"), [(125, 25), (1, 0), (3, 1), (124, 25), (62, 12)])
def test_a_part_of_an_invoice_has_its_part_of_the_tax(cents, tax):
    invoice = AdInvoice(net_cents=100, tax_cents=25, issued_at=datetime(2026, 11, 1, tzinfo=UTC))

    assert part_of_tax(invoice, cents) == tax
