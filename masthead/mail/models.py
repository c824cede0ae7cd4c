"""What the post office knows: single mails, addresses not to be written to, what came back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class State(models.TextChoices):
    """
    Where one mail to one person stands.

    `CLAIMED` is written before the server is asked. What a killed process leaves so is in doubt
    until the server's log, or a person, says what happened; it is never sent again before that.
    """

    PENDING = "pending", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    ACCEPTED = "accepted", _("Accepted")
    DEFERRED = "deferred", _("Put off by the receiver")
    FAILED = "failed", _("Refused")
    SUPPRESSED = "suppressed", _("Not sent")
    IN_DOUBT = "in-doubt", _("In doubt")


OVER = (State.ACCEPTED, State.FAILED, State.SUPPRESSED)


class Reach(models.TextChoices):
    ALL = "all", _("Nothing at all")  # the address does not exist, or belongs to nobody of ours
    LETTERS = "letters", _("No newsletters")  # what one asked for oneself still goes out


class Suppression(models.Model):
    """An address that no outlet of the network writes to."""

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("Mail came back")
        COMPLAINED = "complained", _("Called spam by its owner")
        ASKED = "asked", _("Asked not to be written to")
        BY_HAND = "by-hand", _("Entered by the newsroom")

    address = models.CharField(_("address"), max_length=254, unique=True)  # lower-case
    reach = models.CharField(max_length=8, choices=Reach.choices)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    detail = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.address


class Letter(models.Model):
    """
    One mail to one person, for one reason: a confirmation, a code, a notice, a receipt.

    key: who asks twice with the same key (e.g. "confirm:PROOF") has asked once. prepared: the
    whole message as it goes to the server, with its Message-ID, sealed (`post.message_of` opens
    it); emptied 30 days after it is over. kind: short and lasting, e.g. "readers.confirm"; the
    desk's word for it is registered with `mail.kinds`. claim: whose report about it counts.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    prepared = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    claim = models.CharField(max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # Not by state: SQLite uses such an index only for a question without parameters.
            models.Index(
                fields=["due_at"], condition=models.Q(over_at__isnull=True), name="letters_open"
            ),
            models.Index(fields=["-made_at", "-id"], name="letters_newest_first"),
            models.Index(fields=["address", "-made_at"], name="letters_of_address"),
        ]


class Feedback(models.Model):
    """
    What came back about a mail: a bounce, a complaint, an answer of a machine. Each once.

    key: of the message or event itself, so that the same one read twice counts once. about: which
    mail of ours it is, e.g. "d:2034" (see `mail.verp`); empty when nothing in it proved that, and
    then nothing follows from it.
    """

    class Kind(models.TextChoices):
        HARD = "hard", _("The address does not work")
        SOFT = "soft", _("Not delivered this time")
        COMPLAINT = "complaint", _("Called spam")
        LEFT = "left", _("Asked to leave by mail")
        MACHINE = "machine", _("Answer of a machine")
        OTHER = "other", _("Not understood")

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.CharField(max_length=254, blank=True)
    about = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    way_in = models.CharField(max_length=20)  # "mailbox", "script" or a mail service's name
    came_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address", "-came_at"], name="feedback_of_address"),
            models.Index(fields=["-came_at", "-id"], name="feedback_newest_first"),
        ]
