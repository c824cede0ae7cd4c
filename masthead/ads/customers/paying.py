"""Paying for a campaign through the memberships' provider, on its own page."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from masthead.ads.customers.credited import open_invoice
from masthead.ads.customers.disputed import let_run
from masthead.ads.customers.dues import due_cents, kept_cents, mark_paid
from masthead.ads.customers.invoicing import issue_invoice
from masthead.ads.models import Campaign, CampaignPayment
from masthead.ads.selling.actions.telling import note
from masthead.ads.selling.refusals import AdsRefusal
from masthead.memberships.providers.base import NotThere, Paid, PaymentPage, Wish
from masthead.memberships.providers.choosing import provider

GOOD_FOR = timedelta(hours=23)
State = CampaignPayment.State
UNDER_WAY = (State.OPEN, State.WAITING)
NOT_PAID = (*UNDER_WAY, State.EXPIRED)


def begin_payment(*, campaign: Campaign, home: str, token: str, at: datetime) -> CampaignPayment:
    """
    The campaign's one open payment page; made when there is none, so however often somebody
    clicks there is one payment. home: the outlet's address, with a slash at its end.

    The row is committed before the provider is asked. Raises AdsRefusal, ProviderTrouble.
    """
    if campaign.state == Campaign.State.CANCELLED:
        raise AdsRefusal(_("This campaign was cancelled."))
    payment = _open_payment(campaign, at=at)
    if payment.state == State.WAITING:
        raise AdsRefusal(_("Your payment is on its way: the bank has not confirmed it yet."))
    if payment.page_url:
        return payment
    page = _open_page(payment, campaign, home=home, token=token)
    is_known = CampaignPayment.objects.filter(
        pk=payment.pk, ref__in=["", page.ref], state=State.OPEN
    ).update(ref=page.ref, page_url=page.url, good_until=min(page.good_until, at + GOOD_FOR))
    if not is_known:  # something else became due while the provider was asked
        provider().close_page(page.ref, key=f"ads-close-{payment.public_id}")
    else:
        close_outdated(Campaign.objects.get(pk=campaign.pk), at=at)
    payment.refresh_from_db()
    if payment.state != State.OPEN:
        raise AdsRefusal(_("What is to be paid has just changed. Please try again."))
    return payment


def _open_page(
    payment: CampaignPayment, campaign: Campaign, *, home: str, token: str
) -> PaymentPage:
    there, mark = provider(), payment.public_id
    plan = there.keep_plan(
        name=f"{_('Advertising')}: {campaign.name}"[:100], ref="", key=f"ads-plan-{mark}"
    )
    return there.open_page(
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


def _open_payment(campaign: Campaign, *, at: datetime) -> CampaignPayment:
    close_outdated(campaign, at=at)
    live = CampaignPayment.objects.filter(campaign=campaign, state__in=UNDER_WAY)
    try:
        with transaction.atomic():
            if found := live.first():
                return found
            due = due_cents(campaign, at=at)
            if not due:
                is_paid = kept_cents(campaign) > 0
                raise AdsRefusal(
                    _("It is paid already.") if is_paid else _("There is nothing to pay.")
                )
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

    What was paid on it just before, or is on its way, counts. Raises ProviderTrouble.
    """
    payment = CampaignPayment.objects.filter(campaign=campaign, state=State.OPEN).first()
    if payment is None:
        return
    asks = (payment.amount_cents, payment.currency)
    if at < payment.good_until and asks == (due_cents(campaign, at=at), campaign.currency):
        return
    if payment.ref:
        with suppress(NotThere):
            provider().close_page(payment.ref, key=f"ads-close-{payment.public_id}")
            settle_payment(payment=payment, at=at)
    _move(payment, State.EXPIRED, of=[State.OPEN])


def settle_payment(*, payment: CampaignPayment, at: datetime) -> CampaignPayment:
    """
    Ask what came of the page and write it down, with the invoice; said again it changes nothing.

    Raises ProviderTrouble; then nothing is lost, and the provider's notice or the nightly look
    brings it.
    """
    if payment.state not in NOT_PAID or not payment.ref:
        return payment
    page = provider().read_page(payment.ref)
    if page.is_paid:
        _settle_paid(payment, page, at)
    elif page.is_awaited:
        _move(payment, State.WAITING, of=[State.OPEN])
    elif not page.is_open:
        _move(payment, State.EXPIRED, of=UNDER_WAY)
    payment.refresh_from_db()
    return payment


def _move(payment: CampaignPayment, to: State, *, of: Collection[State]) -> None:
    CampaignPayment.objects.filter(pk=payment.pk, state__in=of).update(state=to)


def _settle_paid(payment: CampaignPayment, page: Paid, at: datetime) -> None:
    """
    Money that came is written down as what it is: less than is due leaves the rest due, more is
    shown at the desk, as is what came in another currency than the campaign has by now.
    """
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(pk=payment.campaign_id)
        paid = CampaignPayment.objects.filter(pk=payment.pk, state__in=NOT_PAID).update(
            state=State.PAID,
            settled_at=at,
            payment_ref=page.payment_ref,
            amount_cents=page.amount_cents,
            currency=page.currency,
        )
        if not paid:
            return
        Campaign.objects.filter(pk=campaign.pk).update(paid_with=page.payment_ref)
        is_wanted = campaign.state != Campaign.State.CANCELLED
        is_its_own = page.currency == campaign.currency
        if is_wanted and is_its_own and open_invoice(campaign) is None:
            # Also where nothing was delivered for it.
            with suppress(AdsRefusal):
                issue_invoice(campaign=campaign, by=None, at=at)
        mark_paid(campaign, at=at)
        let_run(campaign, at=at)
        note(campaign, "payment", by=None, amount=page.amount_cents, currency=page.currency)


def settle_page(ref: str, at: datetime) -> str | None:
    """For the provider's notices: what was done with a page of ours; None for others' pages."""
    payment = CampaignPayment.objects.filter(ref=ref).first()
    if payment is None:
        return None
    return f"campaign payment {settle_payment(payment=payment, at=at).state}"
