"""After a kill: what a worker finds when it is started again, without the wait."""

from datetime import timedelta

from django.utils import timezone

from masthead.jobs.leases import recover_lost_jobs
from masthead.jobs.models import Job
from masthead.jobs.worker import run_due_jobs

MOST_TURNS = 20


class NotSettled(Exception):
    """Jobs are still waiting after many turns."""


def settle() -> None:
    """
    Let leases run out and retries become due at once, then do all jobs, as a worker would.

    Only clocks in rows are changed; the worker's own recovery does the rest. Raises NotSettled.
    """
    for _turn in range(MOST_TURNS):
        now = timezone.now()
        Job.objects.filter(state=Job.State.RUNNING).update(lease_until=now - timedelta(seconds=1))
        Job.objects.filter(state=Job.State.READY, run_at__gt=now).update(run_at=now)
        recover_lost_jobs(at=now)
        if not run_due_jobs() and not unfinished():
            return
    raise NotSettled(f"{unfinished()} jobs are left after {MOST_TURNS} turns.")


def unfinished() -> int:
    return Job.objects.filter(state__in=[Job.State.READY, Job.State.RUNNING]).count()


def dead() -> int:
    return Job.objects.filter(state=Job.State.DEAD).count()
