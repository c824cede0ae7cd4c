"""Somebody on the way to paying."""

from django.db import models

from masthead.core.ids import uuid7


class Purchase(models.Model):
    """
    From the choice of a plan to what the provider says of the payment.

    A reader has at most one open purchase of a price, so that however often they click there is
    one payment page. came_from: the article's path below the outlet. seller keeps `settled_at` for
    those that were paid. is_disputed: of a single payment, as in `Invoice`.
    """

    class Kind(models.TextChoices):
        MEMBERSHIP = "membership"
        GIFT = "gift"
        DONATION = "donation"
        GROUP = "group"

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        EXPIRED = "expired"

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MEMBERSHIP)
    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    price = models.ForeignKey("memberships.Price", on_delete=models.PROTECT, related_name="+")
    amount_cents = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField(default=1)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    came_from = models.CharField(max_length=500, blank=True)
    way_in = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    details = models.JSONField(default=dict)
    ref = models.CharField(max_length=100, blank=True, db_index=True)
    payment_ref = models.CharField(max_length=100, blank=True, db_index=True)
    paid_cents = models.PositiveIntegerField(default=0)
    refunded_cents = models.PositiveIntegerField(default=0)
    tax_cents = models.PositiveIntegerField(default=0, db_default=0)  # in what was paid
    is_disputed = models.BooleanField(default=False, db_default=False)
    page_url = models.URLField(max_length=1000, blank=True)
    membership = models.ForeignKey(
        "memberships.Membership", null=True, on_delete=models.SET_NULL, related_name="purchases"
    )
    begun_at = models.DateTimeField()
    good_until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "price", "kind", "amount_cents", "quantity"],
                condition=models.Q(state="open"),
                name="one_open_purchase",
            )
        ]
        indexes = [models.Index(fields=["-begun_at"], name="purchases_by_time")]
