"""Money of campaigns given back through the provider; each time with a credit note."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.customers.credited import left_of, open_invoice
from masthead.ads.customers.crediting import refuse_if_changed, write_credit_note
from masthead.ads.models import Campaign, CampaignPayment
from masthead.ads.selling.actions.telling import note, refuse_strangers
from masthead.ads.selling.refusals import AdsRefusal
from masthead.memberships.money import in_words
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
    All of what was paid and is still there, or a part; all of it once the campaign is cancelled.

    amount_cents: with tax. left_cents: what was left when somebody decided on it; given, nothing is
    given twice by asking again, also when the first time was killed on the way: then less is left.
    Two at once ask the provider under one key. Raises AdsRefusal, NotAllowed, ProviderTrouble.
    """
    refuse_strangers(by)
    payment = CampaignPayment.objects.filter(campaign=campaign, state=State.PAID).first()
    if payment is None:
        raise AdsRefusal(_("Nothing was paid."))
    follow_returns(payment=payment, at=at)
    left = payment.amount_cents - payment.returned_cents
    refuse_if_changed(shown_cents=left_cents, left_cents=left)
    amount = left if amount_cents is None else amount_cents
    if not 0 < amount <= left:
        paid = in_words(left, payment.currency)
        raise AdsRefusal(_("Of the payment %(left)s can be given back.") % {"left": paid})
    if amount == left and campaign.state != Campaign.State.CANCELLED:
        raise AdsRefusal(_("Cancel the campaign first."))
    provider().give_back(
        payment.payment_ref,
        amount_cents=amount,
        key=f"ads-back-{payment.public_id}-{payment.returned_cents}",
    )
    _note(payment, returned_cents=payment.returned_cents + amount, reason=reason, by=by, at=at)


def follow_returns(*, payment: CampaignPayment, at: datetime) -> None:
    """
    What was given back on the provider's own screens is written down too; said again it changes
    nothing. Raises ProviderTrouble.
    """
    there = provider().read_payment(payment.payment_ref)
    _note(payment, returned_cents=there.refunded_cents, reason="", by=None, at=at)


def follow_payment(ref: str, at: datetime) -> str | None:
    """For the provider's notices: what was done with a payment of ours; None for others'."""
    payment = CampaignPayment.objects.filter(payment_ref=ref).first() if ref else None
    if payment is None:
        return None
    follow_returns(payment=payment, at=at)
    return f"campaign payment {payment.state}"


def _note(
    payment: CampaignPayment, *, returned_cents: int, reason: str, by: User | None, at: datetime
) -> None:
    """
    In one transaction with the credit note, which answers what the invoice still asks for; more
    than that was given back for no invoice.
    """
    with transaction.atomic():
        now = CampaignPayment.objects.select_for_update().get(pk=payment.pk)
        returned = min(returned_cents, now.amount_cents)
        fresh = returned - now.returned_cents
        if fresh > 0:
            now.returned_cents = returned
            now.state = State.RETURNED if returned == now.amount_cents else now.state
            now.save(update_fields=["returned_cents", "state"])
            if now.state == State.RETURNED:
                Campaign.objects.filter(pk=now.campaign_id).update(paid_at=None)
            note(now.campaign, "give-back", by=by, amount=fresh)
            _credit(now, fresh, reason=reason, by=by, at=at)
    payment.refresh_from_db()


def _credit(
    payment: CampaignPayment, cents: int, *, reason: str, by: User | None, at: datetime
) -> None:
    invoice = open_invoice(payment.campaign)
    if invoice is None:
        return
    # What the invoice asks for beyond the money that stays; some of it may be credited already.
    beyond = left_of([invoice])[invoice.pk] - (payment.amount_cents - payment.returned_cents)
    if beyond <= 0:
        return
    write_credit_note(
        invoice=invoice,
        total_cents=min(cents, beyond),
        reason=reason or _("The payment was given back."),
        is_returned=True,
        by=by,
        at=at,
    )
