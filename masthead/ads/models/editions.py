"""What stood in editions of newsletters."""

from django.db import models


class PlaceInEdition(models.Model):
    """
    One place in an edition as it went out to readers who see advertising.

    creative: what stood there; null: it was not sold. counted: how many of its copies are in
    `HourOfAds` already. slot: counts the edition's places from 0, those that were sold first.
    """

    edition = models.ForeignKey("newsletters.Edition", on_delete=models.CASCADE, related_name="+")
    slot = models.PositiveSmallIntegerField()
    creative = models.ForeignKey(
        "ads.Creative", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    counted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "slot"], name="one_sale_a_slot"),
        ]
