"""A list that readers join."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Pace(models.TextChoices):
    STRAIGHT = "straight", _("Goes out at its hour")
    HELD = "held", _("Waits for an editor")
    BY_HAND = "by-hand", _("Made by hand only")


class Newsletter(models.Model):
    """
    One newsletter of one outlet.

    days, hour: when an edition is due, by the outlet's clock; days are 0 (Monday) to 6. recipe:
    how an edition builds itself (see `newsletters.recipes`). promise: what readers are told they
    get, and how often; part of what they agree to. hours_from: no edition is built for an hour
    before it; when the newsletter was made, or days and hour were last changed. for_members: only
    those join, and stay, whose plan grants it. audience: for whom of the list its editions are, see
    `newsletters.audiences`; null: everybody.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=60)
    promise = models.CharField(_("what readers get"), max_length=200)
    from_name = models.CharField(_("sender"), max_length=80, blank=True)  # else the outlet's name
    reply_to = models.EmailField(_("answers go to"), blank=True)
    pace = models.CharField(_("how"), max_length=8, choices=Pace.choices, default=Pace.HELD)
    days = models.JSONField(_("days"), default=list, blank=True)
    hour = models.TimeField(_("hour"), null=True, blank=True)
    hours_from = models.DateTimeField(null=True, editable=False)
    recipe = models.JSONField(default=list, blank=True)
    audience = models.JSONField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=100)
    offered = models.BooleanField(_("offered to readers"), default=True)
    for_members = models.BooleanField(_("for members only"), default=False, db_default=False)
    closed_at = models.DateTimeField(null=True, editable=False)  # takes nobody and sends nothing

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet", "slug"], name="newsletter_slug_in_outlet")
        ]

    def __str__(self) -> str:
        return self.name
