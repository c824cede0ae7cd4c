"""The ledger: one row is one copy to one reader."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.mail.models import State
from masthead.newsletters.models.copy import EditionCopy
from masthead.newsletters.models.edition import Edition


class LeftOut(models.TextChoices):
    """Why somebody on the list gets no copy; counted when an edition is frozen."""

    UNPROVED = "unproved", _("address not confirmed")
    SUPPRESSED = "suppressed", _("not to be written to")
    NO_MEMBER = "no-member", _("no member any more")
    PAUSED = "paused", _("paused by the reader")
    SEGMENT = "segment", _("not in the chosen part of the list")
    HAS_IT = "has-it", _("has it already")


class Delivery(models.Model):
    """
    One copy of an edition to one reader, written down when the edition is frozen.

    address, domain: as they were then. claim: the worker's own, with the fence of its lease on
    the edition; what it reports under an older fence is refused. state: see `mail.models.State`.
    given_at: written down before the message itself is handed over; what was claimed and never
    given cannot have been accepted.
    The Message-ID is made of the row's number, so it is the same at each try.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deliveries")
    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    copy = models.ForeignKey(EditionCopy, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)  # emptied when the reader is erased
    domain = models.CharField(max_length=253)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    fence = models.PositiveBigIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    code = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    queue_id = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "reader"], name="one_copy_to_a_reader")
        ]
        indexes = [
            models.Index(
                fields=["edition", "due_at", "id"],
                condition=models.Q(state__in=["pending", "deferred"]),
                name="deliveries_to_send",
            ),
            models.Index(
                fields=["edition", "domain", "due_at", "id"],
                condition=models.Q(state__in=["pending", "deferred"]),
                name="deliveries_by_domain",
            ),
            models.Index(
                fields=["edition"],
                condition=models.Q(state__in=["claimed", "in-doubt"]),
                name="deliveries_open",
            ),
            models.Index(fields=["edition", "state"], name="deliveries_by_state"),
        ]
