"""When, where, how much and for what money a campaign runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Pricing(models.TextChoices):
    CPM = "cpm", _("for a thousand views")
    CPC = "cpc", _("for a click")
    FLAT = "flat", _("for the whole time")


class Pause(models.TextChoices):
    """Why a flight that is in its time does not run."""

    NONE = "", _("Runs")
    DESK = "desk", _("Paused at the desk")
    ADVERTISER = "advertiser", _("Paused by the advertiser")


class Flight(models.Model):
    """
    A stretch of a campaign. It is offered while its campaign is booked, its time has come, nobody
    paused it, it has an approved creative, and its goal is not reached.

    goal, goal_kind: visible views or clicks in all; for a share of voice per mille of the views
    of its places. 0: as many as come (house, or flat).
    hard_stop: ends at `ends_at` though the goal is not reached; else it goes on until it is.
    daily_cap: of goal_kind, in the network's days; 0: none.
    views_per_device, per_days: how often one device shows it, counted on the device alone; 0: any.
    amount_cents: by `pricing`: of a thousand views, of a click, or of the whole.
    makes_good: the flight whose shortage this one makes up.
    Targeting: empty lists mean everywhere, any. places: values of Place. page_kinds: of reader's
    pages. hours: 0–23 in the outlet's zone; weekdays: 0 is Monday. screens: "narrow", "medium",
    "wide". languages: first subtags of BCP 47, in lower case. countries: ISO 3166-1, upper case.
    """

    class Priority(models.TextChoices):
        SPONSORSHIP = "sponsorship", _("Sponsorship")
        STANDARD = "standard", _("Standard")
        HOUSE = "house", _("House")

    class Goal(models.TextChoices):
        VIEWS = "views", _("Visible views")
        CLICKS = "clicks", _("Clicks")
        SHARE = "share", _("Share of voice")

    class Pace(models.TextChoices):
        EVEN = "even", _("Evenly")
        SOON = "soon", _("As soon as possible")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("ads.Campaign", on_delete=models.CASCADE, related_name="flights")
    name = models.CharField(_("name"), max_length=100)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    hard_stop = models.BooleanField(_("ends on that day in any case"), default=True)
    priority = models.CharField(max_length=11, choices=Priority.choices, default=Priority.STANDARD)
    goal_kind = models.CharField(max_length=6, choices=Goal.choices, default=Goal.VIEWS)
    goal = models.PositiveBigIntegerField(_("how many"), default=0)
    pace = models.CharField(max_length=4, choices=Pace.choices, default=Pace.EVEN)
    daily_cap = models.PositiveIntegerField(_("at most a day"), default=0)
    views_per_device = models.PositiveSmallIntegerField(_("views on one device"), default=0)
    per_days = models.PositiveSmallIntegerField(_("in so many days"), default=1)
    pricing = models.CharField(max_length=4, choices=Pricing.choices, default=Pricing.CPM)
    amount_cents = models.PositiveIntegerField(_("price"), default=0)
    paused = models.CharField(max_length=10, choices=Pause.choices, blank=True, default=Pause.NONE)
    makes_good = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="made_good_by"
    )

    outlets = models.ManyToManyField("outlets.Outlet", blank=True, related_name="+")
    sections = models.ManyToManyField("outlets.Section", blank=True, related_name="+")
    topics = models.ManyToManyField("articles.Topic", blank=True, related_name="+")
    places = models.JSONField(default=list, blank=True)
    page_kinds = models.JSONField(default=list, blank=True)
    hours = models.JSONField(default=list, blank=True)
    weekdays = models.JSONField(default=list, blank=True)
    screens = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    countries = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="flight_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="flights_by_end")]

    def __str__(self) -> str:
        return self.name
