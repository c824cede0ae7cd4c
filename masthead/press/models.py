"""How far the caches in front have been told."""

from django.db import models

NEVER = -1


class OuterCacheState(models.Model):
    """
    One cache in front, as one machine tells it of its own shelf. Numbers are those of the changes.

    Each machine has its own row: a cache asks all of them for pages, so it is right only when the
    last of them has printed anew and said so.
    """

    machine = models.CharField(max_length=64)
    cache = models.CharField(max_length=300)
    # Up to where the shelf has taken off what is gone, and printed anew what changed.
    applied = models.BigIntegerField(default=0)
    printed = models.BigIntegerField(default=0)
    # Up to where the cache was told of either; NEVER: it may hold anything.
    told_gone = models.BigIntegerField(default=NEVER)
    told = models.BigIntegerField(default=NEVER)
    failing_since = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "cache"], name="one_state_per_machine_and_outer_cache"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cache}: told {self.told} of {self.printed}"


class UntoldPlaces(models.Model):
    """
    Where a change was seen, for caches that know pages by their addresses only.

    Noted before the shelf applies the change, because the new print may show something else.
    """

    machine = models.CharField(max_length=64)
    number = models.BigIntegerField()
    gone = models.JSONField(default=list)  # [host, target] each
    changed = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["machine", "number"], name="untold_places_by_number")]
