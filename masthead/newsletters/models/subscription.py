"""Who is on which list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.newsletters.models.newsletter import Newsletter


class Subscription(models.Model):
    """
    One reader on one list; the row stays when they leave. What they agreed to is in the readers'
    history of consent.

    place: where they joined, an address of ours. left_through: "link", "one-click", "mail",
    "preferences", "desk", "bounce", "complaint", "membership" (it ended) or "erased".
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("Gets it")
        PAUSED = "paused", _("Paused")
        LEFT = "left", _("Has left")

    newsletter = models.ForeignKey(
        Newsletter, on_delete=models.CASCADE, related_name="subscriptions"
    )
    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State.choices, default=State.ACTIVE)
    joined_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    paused_until = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_through = models.CharField(max_length=12, blank=True)
    left_edition = models.ForeignKey(
        "newsletters.Edition", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "reader"], name="on_a_list_once")
        ]
        indexes = [
            models.Index(
                fields=["newsletter", "reader"],
                condition=models.Q(state="active"),
                name="active_on_a_list",
            ),
        ]
