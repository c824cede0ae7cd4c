"""Readers as commenters: their record, whom they ignore, whom the newsroom shut out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """
    A reader's record as a commenter, kept as they go, and how they want to hear of answers.

    approved, rejected: how many of their comments were let through and refused.
    told_until: answers before it are in some notice already.
    """

    class Notices(models.TextChoices):
        NONE = "none", _("No notices")
        EACH = "each", _("A mail for each reply")
        DAILY = "daily", _("One mail a day")

    reader = models.OneToOneField(
        "readers.Reader", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    approved = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)
    respected = models.PositiveIntegerField(default=0)
    notices = models.CharField(max_length=6, choices=Notices.choices, default=Notices.NONE)
    told_until = models.DateTimeField(null=True)
    first_at = models.DateTimeField()


class Respect(models.Model):
    """That a reader respects a comment; once."""

    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "reader"], name="respected_once")]


class Ignored(models.Model):
    """Whose comments a reader does not want to see, nor hear of."""

    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    ignored = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "ignored"], name="ignored_once"),
            models.CheckConstraint(
                condition=~Q(reader=models.F("ignored")), name="nobody_ignores_themselves"
            ),
        ]


class Ban(models.Model):
    """
    Whoever may not comment: one reader, addresses like a pattern, or a range of the network.

    outlet: null for all outlets. until: null for good. hides: whether what they wrote was taken
    away as well. lifted_at: undone; the row stays as history.
    reader: null too when they had themselves erased; who comes with an address of theirs is still
    known by `BannedAddress`.
    """

    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    pattern = models.CharField(_("address pattern"), max_length=254, blank=True)
    network = models.CharField(_("network range"), max_length=50, blank=True)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField(max_length=30)
    words = models.CharField(max_length=1_000, blank=True)
    hides = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pattern="", network="")
                | (Q(reader__isnull=True, network="") & ~Q(pattern=""))
                | (Q(reader__isnull=True, pattern="") & ~Q(network="")),
                name="ban_is_of_one_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reader"], condition=Q(lifted_at__isnull=True), name="bans_of_reader"
            ),
            models.Index(
                fields=["since"],
                condition=Q(lifted_at__isnull=True, reader__isnull=True),
                name="bans_by_pattern",
            ),
        ]


class BannedAddress(models.Model):
    """
    An address of a banned reader, so that the ban outlasts their erasure and a change of address.

    Only a keyed hash is kept, so that nobody can read from it who that was.
    """

    ban = models.ForeignKey(Ban, on_delete=models.CASCADE, related_name="addresses")
    address_hash = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ban", "address_hash"], name="address_banned_once")
        ]
