"""What advertisers can book themselves, and what they were invoiced."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Package(models.Model):
    """
    Something on sale to advertisers without a seller: places of one outlet at a price.

    price_cents: of a thousand visible views, without tax. least_views: of one order.
    days: how long an order runs at most.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    text = models.CharField(_("what one gets"), max_length=200, blank=True)
    places = models.JSONField(default=list, blank=True)
    price_cents = models.PositiveIntegerField(_("price of a thousand views"))
    currency = models.CharField(max_length=3, default="eur")
    least_views = models.PositiveIntegerField(_("views at least"), default=1000)
    days = models.PositiveSmallIntegerField(_("days at most"), default=90)
    is_offered = models.BooleanField(_("on sale"), default=True)

    def __str__(self) -> str:
        return self.name


class AdInvoice(models.Model):
    """
    An invoice as it was issued; it is never changed, and its number has no gap before it. What was
    wrong is answered by a `CreditNote`.

    said: who issued it, to whom, and its lines with amounts, as they were then. net_cents,
    tax_cents: as said.
    """

    number = models.PositiveIntegerField(unique=True)
    campaign = models.ForeignKey("ads.Campaign", on_delete=models.PROTECT, related_name="invoices")
    issued_at = models.DateTimeField()
    net_cents = models.PositiveIntegerField()
    tax_cents = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    said = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.issued_at:%Y}-{self.number:05}"

    @property
    def total_cents(self) -> int:
        return self.net_cents + self.tax_cents
