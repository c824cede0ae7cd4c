"""The curated front page of an outlet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FrontLayout(models.Model):
    """
    One state of an outlet's front: the draft being arranged, or a released one kept as history.

    `slots` is a list of `{"zone": "lead"|"left"|"right"|"row", "article": page id,
    "pinned_from": ISO instant|null, "pinned_until": ISO instant|null}` in order. Zones that are
    not filled are filled up automatically with the latest articles, none of them twice.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RELEASED = "released", _("Released")
        REPLACED = "replaced", _("Replaced")

    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="fronts")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    slots = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outlet"], condition=models.Q(state="draft"), name="one_draft_front"
            ),
            models.UniqueConstraint(
                fields=["outlet"], condition=models.Q(state="released"), name="one_released_front"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outlet_id}, {self.get_state_display()}"
