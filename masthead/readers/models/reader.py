"""People who read, and what they may have."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Reader(models.Model):
    """
    A person known by e-mail, across all outlets; has a user only after signing in.

    proved_at: when they showed that the address is theirs; null until then, and nothing but the
    question whether it is goes there.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reader",
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    joined_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    labels = models.ManyToManyField("readers.Label", related_name="readers", blank=True)

    def __str__(self) -> str:
        return self.email


class Consent(models.Model):
    """
    One thing a reader agreed to or took back: a line of history, never changed.

    what: e.g. "newsletter:UUID" or "comment-replies". words: exactly what they were shown. place:
    the address where they did it. proof: "mail" (by the link in a confirmation), "link" (by one
    that mails to them carry), "signed-in", "one-click", "by-hand", "import", or what came back of
    a mail, "bounce" and "complaint", with a detail; "membership": it ended with theirs.
    """

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="consents")
    what = models.CharField(max_length=100)
    given = models.BooleanField()
    words = models.TextField()
    place = models.CharField(max_length=300, blank=True)
    proof = models.CharField(max_length=12)
    detail = models.CharField(max_length=200, blank=True)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reader", "what", "-at"], name="consent_of_reader")]


class Benefit(models.TextChoices):
    AD_FREE = "ad-free", _("Pages without advertising")
    MEMBERS_ARTICLES = "members-articles", _("Members' articles")
    NEWSLETTER = "newsletter", _("A newsletter for members")  # of several: see `Entitlement.named`


class Entitlement(models.Model):
    """
    One grant of one benefit, with where it came from and when it ends.

    What a reader has is the union of the grants in force, never a flag of its own. named: which
    one, of a benefit of which there are several.
    """

    class Source(models.TextChoices):
        SUBSCRIPTION = "subscription", _("Subscription")
        GIFT = "gift", _("Gift")
        GROUP = "group", _("Group")
        BY_HAND = "by-hand", _("Given by the newsroom")

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="entitlements")
    benefit = models.CharField(_("benefit"), max_length=30, choices=Benefit.choices)
    named = models.CharField(max_length=40, blank=True, default="", db_default="")
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    source_ref = models.CharField(max_length=100, blank=True, default="")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)  # null: no end
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "benefit", "named", "source", "source_ref"],
                name="one_grant_per_source",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="entitlement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_benefit_display()} for {self.reader}"
