"""The ledger: what is to be said on a network, was said, or may have been."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7
from masthead.posting.models.account import Account


class Act(models.TextChoices):
    POST = "post", _("Post")
    EDIT = "edit", _("Change")
    REPLY = "reply", _("Reply")
    DELETE = "delete", _("Delete")
    TELL = "tell", _("Tell")
    RECORD = "record", _("Record")


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    HELD = "held", _("Waits for you")
    ASKED = "asked", _("Being sent")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed, tried again")
    GIVEN_UP = "given-up", _("Given up")
    IN_DOUBT = "in-doubt", _("In doubt")
    BY_HAND = "by-hand", _("For a person")
    DROPPED = "dropped", _("Not sent")


# What a worker may take, what is over, what a person has to look at.
TO_SEND = (State.WAITING, State.FAILED)
UNSENT = (*TO_SEND, State.HELD, State.BY_HAND, State.GIVEN_UP)
FOR_PEOPLE = (State.HELD, State.IN_DOUBT, State.BY_HAND, State.GIVEN_UP)


class Post(models.Model):
    """
    One act at one account for one release; written once, whatever happens to it.

    It is claimed (`ASKED`, with a claim of the worker's own) in a commit of its own before the
    network is asked. What a killed worker leaves so is in doubt until the network, or a person,
    says what happened; it is never sent again before that.

    of: the post that an edit, reply or deletion is about. key: what the network is told, so that
    it knows the second asking as the first. steps: what a network with several steps has given
    so far. ended_at: when it was deleted there, or was never to be sent; another post of the same
    article may then follow.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    article = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")
    release = models.ForeignKey("publishing.Release", on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=6, choices=Act.choices)
    of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="followers")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=2000, blank=True)
    key = models.UUIDField(default=uuid7, editable=False)
    remote_id = models.CharField(max_length=300, blank=True)
    remote_url = models.CharField(max_length=2000, blank=True)
    steps = models.JSONField(default=dict)
    attempts = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    cost_cents = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    claim = models.CharField(max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # the person who posted it, approved it, or settled a doubt

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "release", "act"], name="one_act_per_release_and_account"
            ),
            models.UniqueConstraint(
                fields=["account", "article"],
                condition=models.Q(act="post", ended_at=None),
                name="one_post_per_article_and_account",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["waiting", "failed", "asked"]),
                name="posts_to_send",
            ),
            models.Index(fields=["account", "-claimed_at"], name="posts_by_pace"),
            models.Index(fields=["article", "account"], name="posts_of_article"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.get_state_display()}"


class Try(models.Model):
    """One time that a network was asked, and what it answered."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True)  # of HTTP; null: no answer
    detail = models.CharField(max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["post", "-id"], name="tries_of_post")]
