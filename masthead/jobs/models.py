"""The leased job table: what has to be done, by when, and who is doing it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Job(models.Model):
    """
    One call of one function, done at least once.

    A worker takes a lease and a fence number; when the lease runs out somebody else may take the
    job with the next fence, and what the first one still writes is refused.
    """

    class State(models.TextChoices):
        READY = "ready", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        DEAD = "dead", _("Given up")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    task = models.CharField(max_length=200)  # dotted path of the function
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)  # higher goes first
    arguments = models.JSONField(default=dict)  # {"args": [...], "kwargs": {...}}
    unique_key = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    run_at = models.DateTimeField()
    give_up_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    most_attempts = models.PositiveIntegerField(default=5)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True, default="")
    last_error = models.TextField(blank=True, default="")
    enqueued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unique_key"],
                condition=models.Q(state="ready") & ~models.Q(unique_key=""),
                name="one_waiting_job_per_key",
            )
        ]
        indexes = [
            models.Index(
                fields=["-priority", "run_at", "id"],
                condition=models.Q(state="ready"),
                name="jobs_waiting",
            ),
            models.Index(
                fields=["lease_until"], condition=models.Q(state="running"), name="jobs_running"
            ),
            models.Index(
                fields=["finished_at"], condition=models.Q(state="done"), name="jobs_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.get_state_display()})"

    @property
    def last_error_line(self) -> str:
        """The end of a traceback, which says what went wrong."""
        return self.last_error.strip().rpartition("\n")[2]


class ScheduleSlot(models.Model):
    """A turn of a recurring job that has been given out; unique, so each is given out once."""

    name = models.CharField(max_length=200)
    slot_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "slot_at"], name="one_turn_per_slot")
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.slot_at:%Y-%m-%d %H:%M:%S}"
