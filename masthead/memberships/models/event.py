"""What the payment provider told us, each once."""

from django.db import models


class Event(models.Model):
    """
    One notice: verified as it came, kept once by its id, worked off by a job.

    Its content is never believed; it only says what to ask about. subject: what that is, e.g.
    "membership:sub_1"; empty for what is of no interest. done_at: null while it waits.
    """

    ref = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject"],
                condition=models.Q(done_at__isnull=True),
                name="events_to_work_off",
            )
        ]
