"""
An advertiser's bank wants a payment back: nothing of the campaign runs until that is decided. Won,
it runs as before; lost, it is not paid and stays held until it is, or the desk books it again.
"""

from datetime import datetime

from masthead.ads.customers.dues import due_cents
from masthead.ads.models import Campaign, CampaignPayment
from masthead.ads.selling.actions.telling import note, tell_pages
from masthead.memberships.providers.base import Payment

State = CampaignPayment.State


def follow_dispute(payment: CampaignPayment, there: Payment, *, at: datetime) -> None:
    """
    As the provider tells of it now; said again it changes nothing. Inside the transaction that
    holds the campaign and its payment.
    """
    was = (payment.state, payment.disputed_at is not None)
    is_disputed = there.is_disputed and not there.is_lost
    payment.disputed_at = (payment.disputed_at or at) if is_disputed else None
    if there.is_lost and payment.state == State.PAID:
        payment.state = State.LOST
    elif payment.state == State.LOST and not there.is_lost:
        payment.state = State.PAID
    now = (payment.state, is_disputed)
    if now == was:
        return
    payment.save(update_fields=["state", "disputed_at"])
    campaign = Campaign.objects.get(pk=payment.campaign_id)
    said = "lost" if there.is_lost else "opened" if is_disputed else "won"
    note(campaign, f"dispute.{said}", by=None, amount=payment.amount_cents)
    if is_disputed or there.is_lost:
        _move(campaign, Campaign.State.HELD, of=Campaign.State.BOOKED, at=at)
    else:
        let_run(campaign, at=at)


def let_run(campaign: Campaign, *, at: datetime) -> None:
    """What was held for a payment's sake, once no payment is disputed and what was lost is paid."""
    payments = CampaignPayment.objects.filter(campaign=campaign)
    if payments.exclude(disputed_at=None).exists():
        return
    fresh = Campaign.objects.get(pk=campaign.pk)
    if payments.filter(state=State.LOST).exists() and due_cents(fresh, at=at):
        return
    _move(fresh, Campaign.State.BOOKED, of=Campaign.State.HELD, at=at)


def _move(campaign: Campaign, to: Campaign.State, *, of: Campaign.State, at: datetime) -> None:
    if Campaign.objects.filter(pk=campaign.pk, state=of).update(state=to):
        tell_pages(flights=campaign.flights.all(), at=at)
