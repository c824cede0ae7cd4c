"""The mirror: what the payment provider said when it was last asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Customer(models.Model):
    """A reader as the provider knows them; none any more when they had themselves erased."""

    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ref = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.ref


class Membership(models.Model):
    """
    One subscription; only `mirroring` writes it, from what the provider answers.

    plan: null when nobody here knows the price any more. paid_until: the end of what was paid for
    and not given back. read_at: when the provider was asked; an older answer never replaces a
    newer one. next_price_ref, next_quantity: from the next period on; empty and 0: as now.
    held_at: since when nothing is charged because a bank wants a payment back; only `disputes`
    writes it.
    """

    class Status(models.TextChoices):
        TRIALING = "trialing", _("Trial")
        ACTIVE = "active", _("Active")
        PAST_DUE = "past_due", _("Payment failed")
        UNPAID = "unpaid", _("Not paid")
        INCOMPLETE = "incomplete", _("Not begun")
        INCOMPLETE_EXPIRED = "incomplete_expired", _("Never begun")
        PAUSED = "paused", _("Paused")
        CANCELED = "canceled", _("Ended")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="memberships")
    plan = models.ForeignKey(
        "memberships.Plan", null=True, on_delete=models.PROTECT, related_name="memberships"
    )
    ref = models.CharField(max_length=100, unique=True)
    item_ref = models.CharField(max_length=100)
    price_ref = models.CharField(max_length=100)
    next_price_ref = models.CharField(max_length=100, blank=True)
    schedule_ref = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices)
    quantity = models.PositiveIntegerField(default=1)
    next_quantity = models.PositiveIntegerField(default=0, db_default=0)
    currency = models.CharField(max_length=3)
    amount_cents = models.PositiveIntegerField()  # a period, before discounts
    every = models.CharField(max_length=5)
    started_at = models.DateTimeField()
    period_starts_at = models.DateTimeField()
    period_ends_at = models.DateTimeField()
    trial_ends_at = models.DateTimeField(null=True)
    cancel_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    is_paused = models.BooleanField(default=False)
    paid_until = models.DateTimeField(null=True)
    is_disputed = models.BooleanField(default=False)
    held_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["status", "period_ends_at"], name="memberships_by_status")]


class Invoice(models.Model):
    """One bill of the provider; amounts in the smallest unit of the currency."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invoices")
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="invoices"
    )
    ref = models.CharField(max_length=100, unique=True)
    payment_ref = models.CharField(max_length=100, blank=True, db_index=True)
    number = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    total_cents = models.IntegerField()
    tax_cents = models.IntegerField(default=0, db_default=0)  # in the total
    paid_cents = models.IntegerField()
    refunded_cents = models.IntegerField(default=0)
    is_disputed = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    period_starts_at = models.DateTimeField()
    period_ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "-made_at"], name="invoices_of_customer")]
