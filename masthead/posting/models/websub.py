"""Feeds that are followed through the hub, and by whom."""

from django.db import models

from masthead.accounts.sealing import seal, unseal


class FollowedFeed(models.Model):
    """
    One feed by its address; what was last sent to its followers.

    stamp: a hash of the content, so that a release that leaves a feed as it is sends nothing.
    """

    url = models.CharField(max_length=1000, unique=True)
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    mime = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(default=b"")
    stamp = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.url


class Subscription(models.Model):
    """
    A callback that follows a feed until its lease ends.

    `wanted` is what was asked and is not proved yet; `lease_until` is set once it was. secret:
    sealed. sent: the stamp of what was last taken by the callback. asker: a keyed hash of the
    address that asked, to count by; the address itself is not kept.
    """

    class Wish(models.TextChoices):
        NOTHING = "", "nothing"
        SUBSCRIBE = "subscribe", "subscribe"
        UNSUBSCRIBE = "unsubscribe", "unsubscribe"

    feed = models.ForeignKey(FollowedFeed, on_delete=models.CASCADE, related_name="subscriptions")
    callback = models.CharField(max_length=1000)
    host = models.CharField(max_length=253, db_index=True)
    asker = models.CharField(max_length=32, blank=True, db_index=True)
    wanted = models.CharField(max_length=11, choices=Wish.choices, blank=True)
    wanted_seconds = models.PositiveIntegerField(default=0)
    wanted_secret = models.TextField(blank=True)
    wanted_at = models.DateTimeField()
    secret = models.TextField(blank=True)
    lease_until = models.DateTimeField(null=True)
    sent = models.CharField(max_length=64, blank=True)
    failing_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "callback"], name="one_subscription_a_callback")
        ]

    @staticmethod
    def sealed(secret: str) -> str:
        return seal(secret) if secret else ""

    @property
    def secret_in_clear(self) -> str:
        """Raises SealedByAnotherKey."""
        return unseal(self.secret) if self.secret else ""
