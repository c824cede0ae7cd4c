"""What advertisers paid on the provider's pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class CampaignPayment(models.Model):
    """
    One payment page for a campaign; written down before the provider is asked for it.

    A campaign has one at a time that can be paid or is on its way; when more became due, others
    follow it. amount_cents, currency: with tax, as the page asks for; once paid, as was paid.
    returned_cents: of it, what was given back. disputed_at: since when its payer's bank wants it
    back, while that is not decided. ref, payment_ref: the provider's names of page and payment.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Not paid yet")
        WAITING = "waiting", _("On its way: the bank has not confirmed it yet")
        PAID = "paid", _("Paid")
        EXPIRED = "expired", _("The payment page has expired")
        RETURNED = "returned", _("Given back")
        LOST = "lost", _("The bank took it back")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("ads.Campaign", on_delete=models.CASCADE, related_name="payments")
    amount_cents = models.PositiveIntegerField()
    returned_cents = models.PositiveIntegerField(default=0, db_default=0)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    ref = models.CharField(max_length=200, blank=True, db_index=True)
    page_url = models.URLField(max_length=2000, blank=True)
    payment_ref = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    good_until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"],
                condition=models.Q(state__in=["open", "waiting"]),
                name="one_payment_at_a_time",
            ),
        ]

    @property
    def kept_cents(self) -> int:
        """Of it, what is here now."""
        return self.amount_cents - self.returned_cents if self.state == self.State.PAID else 0
