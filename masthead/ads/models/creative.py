"""What is shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Creative(models.Model):
    """
    One form of a flight's advertising, for some places. Readers see it only once it is approved;
    a change takes the approval back.

    link: where it leads, https; with a page of one of our outlets also http on a bare machine.
    html: of trusted staff only, shown in a sandboxed frame that is of no origin.
    picture, alt: required for a picture. headline, text, action: of a native card.
    article: the sponsored article that a card leads to.
    weight: beside the flight's other creatives of the same place.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        CARD = "card", _("Card of words and a picture")
        HTML = "html", _("HTML in a frame")

    class State(models.TextChoices):
        WAITING = "waiting", _("To be looked at")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    flight = models.ForeignKey("ads.Flight", on_delete=models.CASCADE, related_name="creatives")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    places = models.JSONField(default=list, blank=True)  # empty: all of the flight's
    link = models.URLField(_("leads to"), max_length=1000, blank=True)
    picture = models.ForeignKey(
        "pictures.Picture", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    alt = models.CharField(_("the picture in words"), max_length=250, blank=True)
    headline = models.CharField(_("headline"), max_length=80, blank=True)
    text = models.CharField(_("text"), max_length=200, blank=True)
    action = models.CharField(_("words of the link"), max_length=40, blank=True)
    article = models.ForeignKey(
        "articles.ArticlePage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    html = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("why it is refused"), max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.headline or self.alt or str(self.public_id)
