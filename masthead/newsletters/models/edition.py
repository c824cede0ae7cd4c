"""One issue of a newsletter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7
from masthead.newsletters.models.newsletter import Newsletter


class EditionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    HELD = "held", _("Waits for an editor")  # built by its recipe, or overdue
    SCHEDULED = "scheduled", _("Scheduled")
    FREEZING = "freezing", _("Being printed")  # copies made, recipients being written down
    SENDING = "sending", _("Being sent")
    PAUSED = "paused", _("Paused")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")
    DROPPED = "dropped", _("Not sent")


class Edition(models.Model):
    """
    An object of its own: an ordered list of blocks, printed once for each kind of reader.

    number: counts the sent ones of a newsletter, given when it is frozen. blocks: see
    `newsletters.blocks`; articles in it by their page's id, read anew at each print until it is
    frozen. slot: the hour it was built for, so that no hour is served twice. counts: how many
    were candidates when it was frozen and who was left out why; the sum is the list's size.
    for_members: whether its newsletter was theirs when it was frozen; it never has a page then.
    lease_by: who sends it, empty when nobody does; lease_until: not sooner does anybody else.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(null=True, editable=False)
    slot = models.DateTimeField(null=True, editable=False)
    subject = models.CharField(_("subject"), max_length=150)
    preheader = models.CharField(_("line after the subject"), max_length=200, blank=True)
    blocks = models.JSONField(default=list)
    state = models.CharField(
        max_length=9, choices=EditionState.choices, default=EditionState.DRAFT, editable=False
    )
    due_at = models.DateTimeField(_("goes out"), null=True, blank=True)
    segment = models.JSONField(null=True, blank=True)  # see `newsletters.audiences`
    counts = models.JSONField(default=dict, editable=False)
    trouble = models.CharField(max_length=500, blank=True, editable=False)
    fence = models.PositiveBigIntegerField(default=0, editable=False)  # of its sender
    lease_by = models.CharField(max_length=60, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    a_second = models.FloatField(null=True, editable=False)  # mails, when last measured
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # null: by its recipe
    frozen_at = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)  # in the archive from then on
    for_members = models.BooleanField(default=False, db_default=False, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "slot"],
                condition=models.Q(slot__isnull=False),
                name="one_edition_for_each_hour",
            ),
            models.UniqueConstraint(
                fields=["newsletter", "number"],
                condition=models.Q(number__isnull=False),
                name="edition_number_in_newsletter",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="scheduled"),
                name="editions_to_come",
            ),
            models.Index(
                fields=["lease_until"],
                condition=models.Q(state__in=["freezing", "sending"]),
                name="editions_under_way",
            ),
            models.Index(fields=["newsletter", "-released_at"], name="editions_by_release"),
        ]

    def __str__(self) -> str:
        return self.subject
