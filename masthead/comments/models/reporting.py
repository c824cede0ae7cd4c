"""What readers say against a comment."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Report(models.Model):
    """
    One report of one comment.

    Of a reader, or without an account: a notice of illegal content, whose sender may leave a name
    and an address and is then told what became of it (Digital Services Act, Article 16).
    decision: what a moderator did about it.
    """

    class Reason(models.TextChoices):
        OFFENSIVE = "offensive", _("It insults somebody")
        HATE = "hate", _("It is against a group of people")
        HARASSMENT = "harassment", _("It harasses or threatens somebody")
        FALSE = "false", _("It says something false as a fact")
        SPAM = "spam", _("It is advertising or spam")
        PRIVATE = "private", _("It tells something private")
        ILLEGAL = "illegal", _("It is against the law")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("Not decided")
        UPHELD = "upheld", _("The comment was taken away")
        DISMISSED = "dismissed", _("The comment stays")
        VOID = "void", _("The comment was gone before")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    comment = models.ForeignKey(
        "comments.Comment", on_delete=models.CASCADE, related_name="reports_of"
    )
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.TextField(blank=True)
    law = models.CharField(max_length=500, blank=True)  # which one is broken, in their words
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decision = models.ForeignKey(
        "comments.Decision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "reader"],
                condition=Q(reader__isnull=False),
                name="reported_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["outlet", "at"], condition=Q(state="open"), name="reports_not_decided"
            )
        ]
