"""Who advertises, and their orders."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Advertiser(models.Model):
    """
    Somebody who buys advertising anywhere on the network.

    category: the trade, for competitive exclusion: two of one category never stand on one page.
    tax_id: as invoices name it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    category = models.SlugField(_("trade"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.TextField(_("address for invoices"), blank=True)
    tax_id = models.CharField(_("tax number"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note for the desk"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """
    One order: its flights and creatives.

    paid_with: what the payment provider calls the last payment; empty: to be invoiced. paid_at:
    since when all is paid that it costs. Amounts stand with the flights, all in one currency.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ASKED = "asked", _("Booked by the advertiser, to be looked at")
        BOOKED = "booked", _("Booked")
        HELD = "held", _("Held: its payment is disputed, or was taken back")
        CANCELLED = "cancelled", _("Cancelled")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    advertiser = models.ForeignKey(Advertiser, on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(_("name"), max_length=100)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    currency = models.CharField(max_length=3, default="eur")  # ISO 4217 in lower case
    paid_with = models.CharField(max_length=200, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("note for the desk"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
