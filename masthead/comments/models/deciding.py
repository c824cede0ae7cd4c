"""Every act of moderators and of the pipeline, why, what was said about it, and appeals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a comment is refused. What its author is told, and what is counted by."""

    OFFENSIVE = "offensive", _("It insults")
    HATE = "hate", _("It is against a group of people")
    HARASSMENT = "harassment", _("It harasses or threatens")
    FALSE = "false", _("It says something false as a fact")
    SPAM = "spam", _("It is advertising or spam")
    OFF_TOPIC = "off-topic", _("It is not about the article")
    PRIVATE = "private", _("It tells something private")
    WORDS = "words", _("It has words that are not printed here")
    REPEAT = "repeat", _("It was posted before")
    ILLEGAL = "illegal", _("It is against the law")
    OTHER = "other", _("Another reason")


class Act(models.TextChoices):
    APPROVE = "approve", _("approved")
    REJECT = "reject", _("rejected")
    HOLD = "hold", _("held")
    REMOVE_THREAD = "remove-thread", _("removed with all answers")
    PICK = "pick", _("made a pick")
    UNPICK = "unpick", _("no pick any more")
    DISMISS = "dismiss", _("reports dismissed")
    BAN = "ban", _("banned")
    LIFT = "lift", _("ban lifted")
    UNDO = "undo", _("undone")
    RULES = "rules", _("rules changed")
    WORDS = "words", _("word list changed")
    NOTE = "note", _("note written")
    APPEAL = "appeal", _("appeal decided")
    OBJECTION = "objection", _("notifier’s objection decided")
    ERASE = "erase", _("erased")


class Decision(models.Model):
    """
    One act, never changed but for being undone. Without anybody's name or words of a comment, so
    that it stays when they are erased.

    by: null for the pipeline. before: what undoing it restores. statement: for the author, as
    Article 17 of the Digital Services Act asks for it: what was restricted, why, on which ground,
    whether a machine found or decided it, and how to object; empty where none is due.
    number: of comments it touched.
    """

    act = models.CharField(max_length=16, choices=Act.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.CASCADE, related_name="+"
    )
    thread = models.ForeignKey(
        "comments.Thread", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment = models.ForeignKey(
        "comments.Comment", null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ban = models.ForeignKey("comments.Ban", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=30, blank=True)
    words = models.CharField(max_length=1_000, blank=True)  # the moderator's own, to the author
    before = models.JSONField(default=dict)
    statement = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=1)
    undone_at = models.DateTimeField(null=True)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.SET_NULL, related_name="undone_by"
    )

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"], name="comment_decisions"),
            models.Index(fields=["outlet", "at", "id"], name="comment_decisions_of"),
            models.Index(fields=["comment", "-at"], name="decisions_on_comment"),
            models.Index(fields=["reader", "-at"], name="decisions_on_reader"),
        ]


class Appeal(models.Model):
    """
    That somebody objects to a decision, answered by a person, once a decision: its author, or who
    gave notice of illegal content, once for each notice that it decided.

    report: the notice; none of an author's.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Not answered")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="appeals")
    report = models.ForeignKey(
        "comments.Report", null=True, on_delete=models.CASCADE, related_name="appeals"
    )
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.TextField()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(report__isnull=True), name="one_appeal_of_author"
            ),
            models.UniqueConstraint(
                fields=["report", "decision"], name="one_objection_of_notifier"
            ),
        ]
        indexes = [
            models.Index(
                fields=["outlet", "at"], condition=Q(state="open"), name="appeals_not_answered"
            )
        ]


class Note(models.Model):
    """What moderators tell each other about a commenter or a comment. Never shown to readers."""

    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.CASCADE, related_name="+"
    )
    comment = models.ForeignKey(
        "comments.Comment", null=True, on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["reader", "-at"], name="notes_on_commenter"),
            models.Index(fields=["comment", "-at"], name="notes_on_comment"),
        ]
