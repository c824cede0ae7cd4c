"""What is offered for money."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Plan(models.Model):
    """
    A membership and what it grants.

    outlet: where it is offered; null: everywhere. What it grants holds on the whole network.
    benefits: words of `readers.benefits.Granted`; none for a mere donation. is_for_groups: its
    prices are for one seat, and whoever pays gives the seats away. sold_by, ref: the account whose
    plan it is, and what it is called there.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60)
    promise = models.CharField(_("what it is, in a sentence"), max_length=200, blank=True)
    benefits = models.JSONField(default=list)
    trial_days = models.PositiveSmallIntegerField(_("days for nothing at first"), default=0)
    is_for_groups = models.BooleanField(
        _("sold by seats, to groups"), default=False, db_default=False
    )
    is_on_sale = models.BooleanField(_("on sale"), default=True)
    order = models.SmallIntegerField(_("place in the list"), default=100)
    sold_by = models.CharField(max_length=10, blank=True)
    ref = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """
    One way to pay for a plan. A price never changes; another one takes its place.

    amount_cents: the smallest unit of the currency; of what readers choose themselves, the least.
    """

    class Every(models.TextChoices):
        MONTH = "month", _("a month")
        YEAR = "year", _("a year")
        ONCE = "once", _("once")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="prices")
    currency = models.CharField(max_length=3)  # ISO 4217 in lower case
    amount_cents = models.PositiveIntegerField()
    every = models.CharField(max_length=5, choices=Every.choices)
    is_readers_choice = models.BooleanField(_("readers choose the amount"), default=False)
    is_on_sale = models.BooleanField(_("on sale"), default=True)
    ref = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0), name="price_is_not_nothing"
            ),
            models.UniqueConstraint(
                fields=["ref"], condition=~models.Q(ref=""), name="one_price_per_ref"
            ),
        ]
