"""
Who may do a job, and until when.

A lease is a job row with its fence number. Every write a worker makes about its job asks for that
number, so a worker that was presumed lost and comes back changes nothing. The clock is passed in:
machines that share a database must agree to within a fraction of the lease (60 s as a rule).
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Min, QuerySet

from masthead.jobs.decorator import Terms, registered
from masthead.jobs.models import Job

LONGEST_WAIT_SECONDS = 3600
LONGEST_ERROR = 8_000  # characters; the end of a traceback says most
chance = secrets.SystemRandom()


class LeaseLost(Exception):
    """Another worker has the job now; what this one found out is not recorded."""


def claim_job(*, worker: str, at: datetime) -> Job | None:
    """
    The most urgent due job, now ours for its lease; None when nothing is due.

    Looks without writing first: an idle worker must not take SQLite's one write lock.
    """
    due = _due(at)
    if not due.exists():
        return None
    # SQLite: the transaction is IMMEDIATE, so one worker at a time. PostgreSQL: rows that another
    # worker or an open transaction holds are passed over.
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state = Job.State.RUNNING
        job.fence += 1
        job.attempts += 1
        job.lease_until = at + lease_of(job)
        job.worker = worker
        job.save(update_fields=["state", "fence", "attempts", "lease_until", "worker"])
    return job


def next_due_at() -> datetime | None:
    """When the earliest waiting job is due. A read, cheap enough for twice a second."""
    found = Job.objects.filter(state=Job.State.READY).aggregate(soonest=Min("run_at"))
    soonest: datetime | None = found["soonest"]
    return soonest


def lease_of(job: Job) -> timedelta:
    work = registered.get(job.task)
    return timedelta(seconds=work.terms.lease_seconds if work else Terms.lease_seconds)


def extend_lease(*, job: Job, at: datetime) -> None:
    _change(_held(job), lease_until=at + lease_of(job))


def finish_job(*, job: Job, at: datetime, returned: Any = None) -> None:
    """Raises LeaseLost when somebody else took the job meanwhile."""
    changes: dict[str, Any] = {"last_error": ""}
    if returned is not None:
        changes["arguments"] = {**job.arguments, "returned": returned}
    _change(_held(job), state=Job.State.DONE, finished_at=at, lease_until=None, **changes)


def fail_job(*, job: Job, error: str, at: datetime) -> bool:
    """Put it back to wait its turn, or give it up; True when given up. Raises LeaseLost."""
    again_at = at + wait_before_retry(attempts=job.attempts)
    too_late = job.give_up_at is not None and again_at > job.give_up_at
    if job.attempts >= job.most_attempts or too_late:
        give_up_job(job=job, error=error, at=at)
        return True
    _put_back(_held(job), run_at=again_at, error=error, at=at)
    return False


def give_up_job(*, job: Job, error: str, at: datetime) -> None:
    _end(_held(job), state=Job.State.DEAD, error=error, at=at)


def recover_lost_jobs(*, at: datetime) -> int:
    """
    Free the jobs whose worker was not heard of in time; answers how many.

    The try counts: a job that kills its worker every time is given up like any other.
    """
    lost = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=at).order_by("pk")
    freed = 0
    for job in lost[:100]:
        try:
            _recover(job, at)
            freed += 1
        except LeaseLost:
            continue  # it finished, or another worker freed it, since we looked
    return freed


def wait_before_retry(*, attempts: int) -> timedelta:
    """4 s, 16 s, 64 s … 1 h, give or take a quarter, so that what failed together spreads out."""
    seconds = min(4 ** min(attempts, 8), LONGEST_WAIT_SECONDS)
    return timedelta(seconds=seconds * chance.uniform(0.75, 1.25))


def _due(at: datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=Job.State.READY, run_at__lte=at).order_by(
        "-priority", "run_at", "id"
    )


def _recover(job: Job, at: datetime) -> None:
    lapsed = _held(job).filter(lease_until__lt=at)
    error = f"The worker {job.worker} stopped in the middle of it (try {job.attempts})."
    if job.attempts >= job.most_attempts:
        _end(lapsed, state=Job.State.DEAD, error=error, at=at)
    else:
        _put_back(lapsed, run_at=at, error=error, at=at)


def _put_back(rows: QuerySet[Job], *, run_at: datetime, error: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            _change(
                rows,
                state=Job.State.READY,
                run_at=run_at,
                lease_until=None,
                last_error=_kept(error),
            )
    except IntegrityError:
        # The same call was added while this one ran, and only one may wait: that one stands in.
        _end(rows, state=Job.State.DONE, error=error, at=at)


def _end(rows: QuerySet[Job], *, state: Job.State, error: str, at: datetime) -> None:
    _change(rows, state=state, finished_at=at, lease_until=None, last_error=_kept(error))


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING)


def _change(rows: QuerySet[Job], **changes: Any) -> None:
    if rows.update(**changes) != 1:
        raise LeaseLost("Another worker has this job now.")


def _kept(error: str) -> str:
    # PostgreSQL refuses NUL in text, and a job that cannot be recorded would never end.
    return error[-LONGEST_ERROR:].replace("\x00", "\N{REPLACEMENT CHARACTER}")
