"""Places on the page for advertising."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    TOP = "top", _("Top of the page")
    IN_TEXT = "in-text", _("In the running text")
    SIDE = "side", _("Side column")
    LIST = "list", _("Between the items of a list")
    CARD = "card", _("Sponsored article card")
    NEWSLETTER = "newsletter", _("Newsletter")


class Placement(models.Model):
    """
    One place of one outlet. An outlet without a row for a place has it as `ads.rules` says.

    page_kinds: on which kinds of pages it stands; empty: wherever the place exists.
    words_between: of the running text, from one to the next and before the first.
    provider: who fills it: "" for the network's own flights, else the name of a registered one
    (`ads.providers`), with what that one needs in `settings`.
    """

    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(_("place"), max_length=10, choices=Place.choices)
    is_on = models.BooleanField(_("advertising stands here"), default=True)
    page_kinds = models.JSONField(default=list, blank=True)
    words_between = models.PositiveSmallIntegerField(_("words between two"), default=300)
    provider = models.CharField(max_length=40, blank=True)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet", "place"], name="one_placement_a_place"),
        ]

    def __str__(self) -> str:
        return str(Place(self.place).label)
