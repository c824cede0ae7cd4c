"""What changed in public, in the order of its commits."""

from django.db import models


class Change(models.Model):
    """
    One change of what readers see: the surrogate keys of all it touches.

    Written in the transaction that makes the change, so there is never one without the other.
    `number` counts from 1 without a gap, in the order of the commits, so that whoever follows the
    log knows when something is missing.
    """

    number = models.BigIntegerField(primary_key=True)
    keys = models.JSONField(default=list)  # printed pages that show these are out of date
    gone = models.JSONField(default=list)  # pages that show these must not be shown again
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number}: {' '.join([*self.keys, *self.gone])}"
