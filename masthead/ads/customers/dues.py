"""What a campaign asks for, what of it was paid, and what is due; with tax, in its currency."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce

from masthead.ads.customers.taxing import tax_of
from masthead.ads.models import Campaign
from masthead.ads.selling.money import is_over, total_booked


def asked_cents(campaign: Campaign, *, at: datetime) -> int:
    """
    What its invoices still ask for, before the first what was booked; nothing of what was
    cancelled, or is over without an invoice: that costs what it delivered.

    Like the others here without a query where flights, invoices with their credit notes, and
    payments were read along.
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
    if any(is_over(each, at=at) for each in flights):
        return 0
    net = total_booked(flights)
    return net + tax_of(net)


def kept_cents(campaign: Campaign) -> int:
    """What was paid through the provider and is here; what came in another currency is none."""
    payments = campaign.payments.all()
    return sum(each.kept_cents for each in payments if each.currency == campaign.currency)


def due_cents(campaign: Campaign, *, at: datetime) -> int:
    return max(0, asked_cents(campaign, at=at) - kept_cents(campaign))


def mark_paid(campaign: Campaign, *, at: datetime) -> None:
    """
    Whether all is paid, after money, an invoice or a credit note came or went; inside the
    transaction that holds the campaign.
    """
    fresh = Campaign.objects.get(pk=campaign.pk)
    kept = kept_cents(fresh)
    is_paid = kept > 0 and kept >= asked_cents(fresh, at=at)
    paid_at = Coalesce("paid_at", Value(at)) if is_paid else None
    Campaign.objects.filter(pk=fresh.pk).update(paid_at=paid_at)
