"""What the job table says: how much waits, since when, and what went wrong."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from masthead.jobs.models import Job


@dataclass(frozen=True)
class JobCounts:
    """How many jobs are in each state."""

    waiting: int
    running: int
    done: int
    given_up: int


def job_counts() -> JobCounts:
    rows = Job.objects.values("state").annotate(count=Count("pk")).order_by("state")
    counts = {row["state"]: row["count"] for row in rows}
    return JobCounts(
        waiting=counts.get(Job.State.READY, 0),
        running=counts.get(Job.State.RUNNING, 0),
        done=counts.get(Job.State.DONE, 0),
        given_up=counts.get(Job.State.DEAD, 0),
    )


def waiting_jobs() -> QuerySet[Job]:
    """In the order in which they become due."""
    return Job.objects.filter(state=Job.State.READY).order_by("run_at", "-priority", "pk")


def running_jobs() -> QuerySet[Job]:
    return Job.objects.filter(state=Job.State.RUNNING).order_by("lease_until", "pk")


def dead_letters() -> QuerySet[Job]:
    """Jobs that were given up, the latest first."""
    return Job.objects.filter(state=Job.State.DEAD).order_by("-finished_at", "-pk")


def find_oldest_waiting(*, at: datetime) -> Job | None:
    """The job that has been due longest: its age says whether workers keep up."""
    return waiting_jobs().filter(run_at__lte=at).first()
