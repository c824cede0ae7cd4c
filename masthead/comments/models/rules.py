"""Who may comment where, and under which rules; words that are looked for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WhoMay(models.TextChoices):
    ADDRESS = "address", _("Anyone with a confirmed address")
    MEMBERS = "members", _("Members")
    NOBODY = "nobody", _("Nobody")


class Mode(models.TextChoices):
    OPEN = "open", _("Shown at once")
    FIRST_HELD = "first-held", _("First comments of each person are held")
    ALL_HELD = "all-held", _("All are held")


class Scorer(models.TextChoices):
    """From which likeness to what was refused a comment is held."""

    STRICT = "strict", _("Holds what is somewhat like what was refused")
    USUAL = "usual", _("Holds what is like what was refused")
    LENIENT = "lenient", _("Holds only what is very like it")
    OFF = "off", _("Is not asked")


class Policy(models.Model):
    """
    The rules of the network, an outlet, a section or an article. What is empty is the next wider's.

    The narrower goes before: article, section, the section above it, outlet, network.
    place: which of these, e.g. "network" or "section:12"; there is one policy a place.
    """

    place = models.CharField(max_length=30, unique=True)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.CASCADE, related_name="+"
    )
    section = models.ForeignKey(
        "outlets.Section", null=True, on_delete=models.CASCADE, related_name="+"
    )
    published = models.ForeignKey(
        "articles.PublishedArticle", null=True, on_delete=models.CASCADE, related_name="+"
    )
    who = models.CharField(_("who may comment"), max_length=8, choices=WhoMay.choices, blank=True)
    mode = models.CharField(
        _("what happens to it"), max_length=10, choices=Mode.choices, blank=True
    )
    slow_seconds = models.PositiveIntegerField(
        _("seconds between two comments of one person"), null=True
    )
    closes_after_days = models.PositiveIntegerField(_("closes after days"), null=True)  # 0: never
    live = models.BooleanField(_("new comments appear without reload"), null=True)
    scorer = models.CharField(
        _("the scorer"),
        max_length=8,
        choices=Scorer.choices,
        blank=True,
        default="",
        db_default="",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(section__isnull=True, published__isnull=True)
                | (Q(outlet__isnull=False) & (Q(section=None) | Q(published=None))),
                name="comment_policy_is_of_one_place",
            ),
        ]


class House(models.Model):
    """
    An outlet's rules as pages read them, the network's included, and its moderators' counts.

    rules: {"default": {…}, "sections": {"12": {…}}}. Counts are kept by every act, so that no
    screen counts a queue.
    """

    outlet = models.OneToOneField(
        "outlets.Outlet", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    rules = models.JSONField(default=dict)
    held = models.IntegerField(default=0)
    reported = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    picks = models.IntegerField(default=0)
    all = models.IntegerField(default=0)


class WordList(models.Model):
    """
    Words that are looked for in comments; one a line. `word*` also finds longer ones.

    outlet: null for the network's, which hold everywhere.
    """

    class Kind(models.TextChoices):
        BANNED = "banned", _("Banned: with one of them a comment is refused")
        SUSPECT = "suspect", _("Suspect: with one of them a comment is held")

    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.TextField(_("words"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet", "kind"], name="one_word_list_of_outlet"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(outlet=None), name="one_word_list_of_network"
            ),
        ]
