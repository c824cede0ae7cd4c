"""The record of what was said in public, when, by whom, and which way out has carried it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7
from masthead.publishing.on_release import label_of


class Version(models.Model):
    """
    One published state of an article, numbered from 1. The database refuses to change it.

    `snapshot` is what readers were given (shape: `articles.snapshot`). An article that has one
    cannot be deleted, only withdrawn.
    """

    article = models.ForeignKey(
        "articles.ArticlePage", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    revision_id = models.BigIntegerField(null=True)  # Wagtail's; it may be purged, this stays
    published_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, version {self.number}"


class Release(models.Model):
    """One act of publishing, updating, correcting or withdrawing; the ways out react to it."""

    class Act(models.TextChoices):
        PUBLISH = "publish", _("Published")
        UPDATE = "update", _("Updated")
        CORRECT = "correct", _("Corrected")
        WITHDRAW = "withdraw", _("Withdrawn")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.ArticlePage", on_delete=models.PROTECT, related_name="releases"
    )
    version = models.ForeignKey(
        Version, null=True, on_delete=models.PROTECT, related_name="releases"
    )  # null when withdrawn
    act = models.CharField(max_length=10, choices=Act.choices)
    at = models.DateTimeField()  # what it counts from; an import's lies years back
    recorded_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)  # a correction's is for readers too

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="latest_releases"),
            # Few among many, and read by themselves.
            models.Index(
                fields=["-at", "-id"],
                condition=models.Q(act="correct"),
                name="latest_corrections",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.article_id}"


class Receipt(models.Model):
    """That one way out has carried one release, or why it has not yet."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="receipts")
    way_out = models.CharField(max_length=60)  # its name in the on_release registry
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    detail = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "way_out"], name="one_receipt_per_way_out")
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=~models.Q(state="done"), name="receipts_outstanding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.way_out}: {self.get_state_display()}"

    @property
    def label(self) -> str:
        return label_of(self.way_out)
