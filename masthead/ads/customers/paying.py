"""Paying for a campaign through the memberships' provider: once, on its own page."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from masthead.ads.customers.credited import open_invoice
from masthead.ads.customers.invoicing import issue_invoice, tax_of
from masthead.ads.models import Campaign, CampaignPayment
from masthead.ads.selling.actions.telling import note
from masthead.ads.selling.money import total_booked
from masthead.ads.selling.refusals import AdsRefusal
from masthead.memberships.providers.base import Wish
from masthead.memberships.providers.choosing import provider

GOOD_FOR = timedelta(hours=23)
State = CampaignPayment.State


def begin_payment(*, campaign: Campaign, home: str, token: str, at: datetime) -> CampaignPayment:
    """
    The campaign's one open payment page; made when there is none, so however often somebody
    clicks there is one payment. home: the outlet's address, with a slash at its end.

    The row is committed before the provider is asked. Raises AdsRefusal, ProviderTrouble.
    """
    if campaign.state == Campaign.State.CANCELLED:
        raise AdsRefusal(_("This campaign was cancelled."))
    payment = _open_payment(campaign, at=at)
    if payment.state == State.PAID:
        raise AdsRefusal(_("It is paid already."))
    if payment.page_url:
        return payment
    there = provider()
    mark = payment.public_id
    plan = there.keep_plan(
        name=f"{_('Advertising')}: {campaign.name}"[:100], ref="", key=f"ads-plan-{mark}"
    )
    page = there.open_page(
        Wish(
            reference=str(mark),
            email=campaign.advertiser.email,
            customer_ref="",
            plan_ref=plan,
            price_ref="",
            currency=payment.currency,
            amount_cents=payment.amount_cents,
            every="once",
            quantity=1,
            trial_days=0,
            discount="",
            back_url=f"{home}advertise/{token}/paid/{mark}/",
            leave_url=f"{home}advertise/{token}/",
        ),
        key=f"ads-page-{mark}",
    )
    is_known = CampaignPayment.objects.filter(
        pk=payment.pk, ref__in=["", page.ref], state=State.OPEN
    ).update(ref=page.ref, page_url=page.url, good_until=min(page.good_until, at + GOOD_FOR))
    if not is_known:  # something else became due while the provider was asked
        there.close_page(page.ref, key=f"ads-close-{mark}")
        raise AdsRefusal(_("What is to be paid has just changed. Please try again."))
    payment.refresh_from_db()
    return payment


def due_cents(campaign: Campaign, *, at: datetime) -> int:
    """
    With tax: what its invoices still ask for, before the first what was booked; nothing of what
    was cancelled, or is over without an invoice: that costs what it delivered. No query where
    flights, invoices and their credit notes were read along.
    """
    if campaign.state == Campaign.State.CANCELLED:
        return 0
    invoices = campaign.invoices.all()
    if invoices:
        return sum(
            each.total_cents - sum(note.total_cents for note in each.credit_notes.all())
            for each in invoices
        )
    flights = campaign.flights.all()
    if any(each.ends_at is not None and each.ends_at <= at for each in flights):
        return 0
    net = total_booked(flights)
    return net + tax_of(net)


def _open_payment(campaign: Campaign, *, at: datetime) -> CampaignPayment:
    close_outdated(campaign, at=at)
    live = CampaignPayment.objects.filter(campaign=campaign, state__in=[State.OPEN, State.PAID])
    try:
        with transaction.atomic():
            if found := live.first():
                return found
            due = due_cents(campaign, at=at)
            if not due:
                raise AdsRefusal(_("There is nothing to pay."))
            return CampaignPayment.objects.create(
                campaign=campaign,
                amount_cents=due,
                currency=campaign.currency,
                begun_at=at,
                good_until=at + GOOD_FOR,
            )
    except IntegrityError:  # another click was first
        return live.get()


def close_outdated(campaign: Campaign, *, at: datetime) -> None:
    """
    A payment page that is over, or asks for another amount than is due now, takes no more money.

    What was paid on it just before counts. Raises ProviderTrouble.
    """
    payment = CampaignPayment.objects.filter(campaign=campaign, state=State.OPEN).first()
    if payment is None:
        return
    if at < payment.good_until and payment.amount_cents == due_cents(campaign, at=at):
        return
    if payment.ref:
        provider().close_page(payment.ref, key=f"ads-close-{payment.public_id}")
        settle_payment(payment=payment, at=at)
    CampaignPayment.objects.filter(pk=payment.pk, state=State.OPEN).update(state=State.EXPIRED)


def settle_payment(*, payment: CampaignPayment, at: datetime) -> CampaignPayment:
    """
    Ask what came of the page and write it down, with the invoice; said again it changes nothing.

    Raises ProviderTrouble; then nothing is lost, and the provider's notice brings it.
    """
    if payment.state != State.OPEN or not payment.ref:
        return payment
    page = provider().read_page(payment.ref)
    if page.is_paid:
        _settle_paid(payment, payment_ref=page.payment_ref, at=at)
    elif not page.is_open:
        CampaignPayment.objects.filter(pk=payment.pk, state=State.OPEN).update(state=State.EXPIRED)
    payment.refresh_from_db()
    return payment


def _settle_paid(payment: CampaignPayment, *, payment_ref: str, at: datetime) -> None:
    with transaction.atomic():
        paid = CampaignPayment.objects.filter(pk=payment.pk, state=State.OPEN).update(
            state=State.PAID, settled_at=at, payment_ref=payment_ref
        )
        if not paid:
            return
        Campaign.objects.filter(pk=payment.campaign_id).update(paid_with=payment_ref, paid_at=at)
        campaign = Campaign.objects.select_related("advertiser").get(pk=payment.campaign_id)
        if open_invoice(campaign) is None:
            # Money that came is written down, also where nothing was delivered for it.
            with suppress(AdsRefusal):
                issue_invoice(campaign=campaign, by=None, at=at)
        note(campaign, "payment", by=None, amount=payment.amount_cents)


def settle_page(ref: str, at: datetime) -> str | None:
    """For the provider's notices: what was done with a page of ours; None for others' pages."""
    payment = CampaignPayment.objects.filter(ref=ref).first()
    if payment is None:
        return None
    return f"campaign payment {settle_payment(payment=payment, at=at).state}"
