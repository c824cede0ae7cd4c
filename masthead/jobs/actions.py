"""What a person may do to a job from the desk."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from masthead.jobs.models import Job


class JobRefusal(Exception):
    """A job is not in the state this needs; the text says so to a person."""


class NotGivenUp(JobRefusal):
    pass


class NotRunning(JobRefusal):
    pass


class StillRunning(JobRefusal):
    pass


class AlreadyWaiting(JobRefusal):
    pass


def retry_job(*, job: Job, by: Any, at: datetime) -> None:
    """
    Let a job that was given up start afresh, all its tries before it and no last hour.

    by: the user, for the audit log. at: aware; when it is due.
    Raises NotGivenUp, or AlreadyWaiting when the same call was added again meanwhile.
    """
    try:
        with transaction.atomic():
            changed = Job.objects.filter(pk=job.pk, state=Job.State.DEAD).update(
                state=Job.State.READY,
                run_at=at,
                attempts=0,
                give_up_at=None,
                finished_at=None,
                last_error="",
            )
            if not changed:
                raise NotGivenUp(_("This job was not given up, so there is nothing to retry."))
            log(job, "jobs.retry", user=by)
    except IntegrityError as error:
        raise AlreadyWaiting(_("The same job is waiting already; discard this one.")) from error


def requeue_job(*, job: Job, by: Any, at: datetime) -> None:
    """
    Take a running job from its worker and let another start it over.

    The new fence makes the database refuse what the first worker still reports; it cannot undo
    what that worker does elsewhere. Raises NotRunning, AlreadyWaiting.
    """
    try:
        with transaction.atomic():
            changed = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
                state=Job.State.READY, run_at=at, fence=F("fence") + 1, lease_until=None
            )
            if not changed:
                raise NotRunning(_("This job is not running any more."))
            log(job, "jobs.requeue", user=by)
    except IntegrityError as error:
        raise AlreadyWaiting(_("The same job is waiting already.")) from error


def discard_job(*, job: Job, by: Any) -> None:
    """Delete a job that waits, is done or was given up. Raises StillRunning."""
    with transaction.atomic():
        log(job, "jobs.discard", user=by, data={"task": job.task, "error": job.last_error[-500:]})
        stopped = Job.objects.filter(pk=job.pk).exclude(state=Job.State.RUNNING)
        if not stopped.delete()[0]:
            raise StillRunning(_("A worker has this job in hand; requeue it first."))
