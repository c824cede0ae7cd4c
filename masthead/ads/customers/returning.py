"""Money of campaigns that goes back through the provider; each time with a credit note."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.customers.credited import left_of
from masthead.ads.customers.crediting import refuse_if_changed, write_credit_note
from masthead.ads.customers.disputed import follow_dispute
from masthead.ads.customers.dues import kept_cents, mark_paid
from masthead.ads.models import AdInvoice, Campaign, CampaignPayment
from masthead.ads.selling.actions.telling import note, refuse_strangers
from masthead.ads.selling.refusals import AdsRefusal
from masthead.memberships.money import in_words
from masthead.memberships.providers.base import Payment
from masthead.memberships.providers.choosing import provider

State = CampaignPayment.State


def give_back(
    *,
    campaign: Campaign,
    by: User,
    at: datetime,
    amount_cents: int | None = None,
    reason: str = "",
    left_cents: int | None = None,
) -> None:
    """
    All of a payment that is still there, or a part; the last of the money once the campaign is
    cancelled.

    amount_cents: with tax. left_cents: what was left when somebody decided on it; given, nothing is
    given twice by asking again, also when the first time was killed on the way: then less is left.
    Two at once ask the provider under one key. Raises AdsRefusal, NotAllowed, ProviderTrouble.
    """
    refuse_strangers(by)
    payment = payment_to_return(campaign)
    if payment is not None:
        follow_returns(payment=payment, at=at)
    if payment is None or payment.state != State.PAID:
        raise AdsRefusal(_("Nothing was paid."))
    left = payment.kept_cents
    refuse_if_changed(shown_cents=left_cents, left_cents=left)
    amount = left if amount_cents is None else amount_cents
    if not 0 < amount <= left:
        paid = in_words(left, payment.currency)
        raise AdsRefusal(_("Of the payment %(left)s can be given back.") % {"left": paid})
    if amount == left and _is_last(payment) and campaign.state != Campaign.State.CANCELLED:
        raise AdsRefusal(_("Cancel the campaign first."))
    provider().give_back(
        payment.payment_ref,
        amount_cents=amount,
        key=f"ads-back-{payment.public_id}-{payment.returned_cents}",
    )
    _note(payment, returned_cents=payment.returned_cents + amount, reason=reason, by=by, at=at)


def payment_to_return(campaign: Campaign) -> CampaignPayment | None:
    """Of several the newest: what was paid last may be too much."""
    return (
        CampaignPayment.objects.filter(campaign=campaign, state=State.PAID).order_by("-pk").first()
    )


def _is_last(payment: CampaignPayment) -> bool:
    """Whether nothing is left of what pays for the campaign once all of it has gone."""
    campaign = payment.campaign
    is_its_own = payment.currency == campaign.currency
    return is_its_own and kept_cents(campaign) <= payment.kept_cents


def follow_returns(*, payment: CampaignPayment, at: datetime) -> None:
    """
    What was given back on the provider's own screens, and what a bank wants back, is written down
    too; said again it changes nothing. Raises ProviderTrouble.
    """
    there = provider().read_payment(payment.payment_ref)
    _note(payment, returned_cents=there.refunded_cents, reason="", by=None, at=at, there=there)


def follow_payment(ref: str, at: datetime) -> str | None:
    """For the provider's notices: what was done with a payment of ours; None for others'."""
    payment = CampaignPayment.objects.filter(payment_ref=ref).first() if ref else None
    if payment is None:
        return None
    follow_returns(payment=payment, at=at)
    return f"campaign payment {payment.state}"


def _note(
    payment: CampaignPayment,
    *,
    returned_cents: int,
    reason: str,
    by: User | None,
    at: datetime,
    there: Payment | None = None,
) -> None:
    """
    In one transaction with the credit note, which answers what the invoices still ask for; more
    than that was given back for no invoice.
    """
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(pk=payment.campaign_id)
        now = CampaignPayment.objects.select_for_update().get(pk=payment.pk)
        returned = min(returned_cents, now.amount_cents)
        fresh = returned - now.returned_cents
        if fresh > 0:
            now.returned_cents = returned
            if returned == now.amount_cents:
                now.state = State.RETURNED
            now.save(update_fields=["returned_cents", "state"])
            note(campaign, "give-back", by=by, amount=fresh)
            if now.currency == campaign.currency:
                _credit(campaign, fresh, reason=reason, by=by, at=at)
        if there is not None:
            follow_dispute(now, there, at=at)
        mark_paid(campaign, at=at)
    payment.refresh_from_db()


def _credit(campaign: Campaign, cents: int, *, reason: str, by: User | None, at: datetime) -> None:
    invoices = list(AdInvoice.objects.filter(campaign=campaign).order_by("-pk"))
    left = left_of(invoices)
    # What they ask for beyond the money that stays; some of it may be credited already.
    beyond = min(cents, sum(left.values()) - kept_cents(campaign))
    for invoice in invoices:
        part = min(beyond, left[invoice.pk])
        if part <= 0:
            continue
        beyond -= part
        write_credit_note(
            invoice=invoice,
            total_cents=part,
            reason=reason or _("The payment was given back."),
            is_returned=True,
            by=by,
            at=at,
        )
