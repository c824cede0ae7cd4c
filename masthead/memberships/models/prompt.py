"""What the publisher asks of readers on the page: to join, to take a newsletter, to give."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Prompt(models.Model):
    """
    A few sentences and a link, printed on pages for those it is meant for.

    outlet: null: on all. section: with those below it; null: everywhere. after_articles: how many
    this device has opened this month before it is shown; 0: from the first. every_days: how long it
    rests on a device that has seen it; 0: it is always there. Both are counted on the device alone.
    """

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        WITH_ADVERTISING = "with-ads", _("Who sees advertising")
        AD_FREE = "ad-free", _("Who reads without advertising")
        NO_MEMBERS = "no-members", _("Who may not read members’ articles")
        MEMBERS = "members", _("Who may read members’ articles")

    class Pages(models.TextChoices):
        ARTICLES = "articles", _("Articles")
        OPEN = "open", _("Articles that are open to all")
        FOR_MEMBERS = "for-members", _("Members’ articles")
        FRONTS = "fronts", _("Fronts")

    class Place(models.TextChoices):
        IN_TEXT = "in_text", _("Within the text")
        AFTER_TEXT = "after_text", _("Below the text")
        END = "end", _("At the end of the page")
        FRONT = "front_column", _("Below the lead of a front")

    class LeadsTo(models.TextChoices):
        JOIN = "join", _("The plans")
        NEWSLETTERS = "newsletters", _("The newsletters")
        SIGN_IN = "sign-in", _("Signing in")
        GIFT = "gift", _("Redeeming a gift")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name at the desk"), max_length=60)
    headline = models.CharField(_("headline"), max_length=100)
    text = models.TextField(_("text"), max_length=400, blank=True)
    button = models.CharField(_("words on the button"), max_length=40)
    leads_to = models.CharField(
        _("leads to"), max_length=12, choices=LeadsTo.choices, default=LeadsTo.JOIN
    )
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience.choices, default=Audience.WITH_ADVERTISING
    )
    pages = models.CharField(
        _("on which pages"), max_length=12, choices=Pages.choices, default=Pages.ARTICLES
    )
    section = models.ForeignKey(
        "outlets.Section", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    place = models.CharField(
        _("where"), max_length=12, choices=Place.choices, default=Place.AFTER_TEXT
    )
    after_articles = models.PositiveSmallIntegerField(_("after so many articles"), default=0)
    every_days = models.PositiveSmallIntegerField(_("days until it is shown again"), default=0)
    is_on = models.BooleanField(_("shown"), default=False)
    order = models.SmallIntegerField(_("place among the others"), default=100)

    def __str__(self) -> str:
        return self.name
