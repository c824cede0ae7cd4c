"""How many confirmations were asked for, so that a flood of them ends at a budget."""

from django.db import models


class Asked(models.Model):
    """
    Mails asked for in one hour: by one address, from one network, or in all.

    who: a keyed hash of the address or the network; empty for all.
    """

    kind = models.CharField(max_length=20)
    who = models.CharField(max_length=64, blank=True)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "who", "hour"], name="one_count_an_hour")
        ]
        indexes = [models.Index(fields=["hour"], name="asked_by_hour")]


class Flood(models.Model):
    """
    More was asked for than the budget of an hour allows; one row until it has been quiet for long.

    kept_back: mails that were asked for and not sent.
    """

    kind = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    kept_back = models.PositiveIntegerField(default=0)
