"""What the job table does about itself."""

from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.models import Job, ScheduleSlot
from masthead.jobs.schedule import TURN, daily

KEEP_DONE = timedelta(days=7)
KEEP_DONE_TURNS = timedelta(days=1)  # one a minute is 1,440 a day, all alike
KEEP_SLOTS = timedelta(days=2)
BATCH = 500  # rows a write: SQLite's one write lock is free again within milliseconds


@daily(at="03:10")
@job(retries=2)
def tidy_jobs() -> None:
    """Delete jobs done a week ago and slots nobody will ask about; safe to repeat."""
    delete_old_jobs(at=timezone.now())
    delete_old_slots(at=timezone.now())


def delete_old_jobs(*, at: datetime) -> int:
    """Done jobs only: one that was given up stays until a person has seen it."""
    done = Job.objects.filter(state=Job.State.DONE)
    turns = Q(unique_key__startswith=TURN, finished_at__lt=at - KEEP_DONE_TURNS)
    old = done.filter(turns | Q(finished_at__lt=at - KEEP_DONE))
    deleted = 0
    while batch := list(old.order_by("finished_at").values_list("pk", flat=True)[:BATCH]):
        deleted += Job.objects.filter(pk__in=batch).delete()[0]
    return deleted


def delete_old_slots(*, at: datetime) -> int:
    """All but each schedule's newest, which says that the schedule is not new."""
    newest = ScheduleSlot.objects.values("name").annotate(newest=Max("slot_at"))
    deleted = 0
    for row in newest.order_by("name"):
        cut = min(row["newest"], at - KEEP_SLOTS)
        slots = ScheduleSlot.objects.filter(name=row["name"], slot_at__lt=cut)
        while batch := list(slots.order_by("pk").values_list("pk", flat=True)[:BATCH]):
            deleted += ScheduleSlot.objects.filter(pk__in=batch).delete()[0]
    return deleted
