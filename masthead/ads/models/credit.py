"""What answers an invoice that was wrong, or whose money was given back."""

from django.db import models
from django.db.models import Q

from masthead.ads.models.buying import AdInvoice


class CreditNote(models.Model):
    """
    A credit note as it was issued; it is never changed, and its number has no gap before it.

    An invoice may be answered by several, together at most by what it asked for. said: as the
    invoice's, with the reason and what the money did. net_cents, tax_cents: as said.
    """

    number = models.PositiveIntegerField(unique=True)
    invoice = models.ForeignKey(AdInvoice, on_delete=models.PROTECT, related_name="credit_notes")
    issued_at = models.DateTimeField()
    net_cents = models.PositiveIntegerField()
    tax_cents = models.PositiveIntegerField(default=0)
    said = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(net_cents__gt=0) | Q(tax_cents__gt=0), name="a_credit_note_is_of_money"
            ),
        ]

    def __str__(self) -> str:
        return f"C-{self.issued_at:%Y}-{self.number:05}"

    @property
    def total_cents(self) -> int:
        return self.net_cents + self.tax_cents
