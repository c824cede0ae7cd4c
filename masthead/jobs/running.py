"""Doing one claimed job: find its function, keep its lease alive, call it, write down the end."""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone
from django_tasks.base import Task

from masthead.jobs.backend import run_task
from masthead.jobs.decorator import JobFunction, registered
from masthead.jobs.leases import (
    LeaseLost,
    extend_lease,
    fail_job,
    finish_job,
    give_up_job,
    lease_of,
)
from masthead.jobs.models import Job

log = logging.getLogger(__name__)
Recorder = Callable[[Callable[[], None]], None]


class UnknownWork(Exception):
    """No function is registered under a job's name."""


def find_work(path: str) -> JobFunction[..., Any] | Task:
    """The job or Django task with this dotted path. Raises UnknownWork."""
    if path in registered:
        return registered[path]
    module, _, name = path.rpartition(".")
    try:
        work = getattr(import_module(module), name, None)
    except (ImportError, ValueError) as error:
        raise UnknownWork(f"“{path}” cannot be imported: {error}.") from error
    # Only what was declared as work is ever called, whatever a row says.
    if not isinstance(work, JobFunction | Task):
        raise UnknownWork(f"No job is registered as “{path}”; was it renamed or removed?")
    return work


def run_claimed_job(*, job: Job, record: Recorder) -> None:
    """
    Do the job and record how it ended, unless another worker has taken it meanwhile.

    record: calls the write it is given, once more if the database was away. What the job did is
    done, so its outcome is worth waiting for.
    """
    began = time.monotonic()
    outcome = _outcome(job)
    try:
        record(outcome)
    except LeaseLost:
        log.warning("Job %s (%s) was taken by another worker.", job.pk, job.task)
    log.debug("Job %s (%s) took %.3f s.", job.pk, job.task, time.monotonic() - began)


def _outcome(job: Job) -> Callable[[], None]:
    now = timezone.now()
    if job.give_up_at is not None and now > job.give_up_at:
        return lambda: _give_up(job, "It was too late for it when a worker was free.", now)
    try:
        work = find_work(job.task)
    except UnknownWork as unknown:
        text = str(unknown)
        return lambda: _give_up(job, text, now)
    return _called(job, work)


def _called(job: Job, work: JobFunction[..., Any] | Task) -> Callable[[], None]:
    try:
        with kept_alive(job):
            returned = _call(job, work)
    except (Exception, SystemExit):
        failed_at, error = timezone.now(), traceback.format_exc()
        return lambda: _fail(job, error, failed_at)
    finally:
        if connection.errors_occurred:  # the job may have met, or made, a broken connection
            close_old_connections()
    finished_at = timezone.now()
    return lambda: finish_job(job=job, at=finished_at, returned=returned)


def _call(job: Job, work: JobFunction[..., Any] | Task) -> Any:
    if isinstance(work, Task):
        return run_task(task=work, job=job)
    work(**job.arguments["kwargs"])
    return None


def _fail(job: Job, error: str, at: datetime) -> None:
    reason = error.strip().rpartition("\n")[2]  # the last line of a traceback
    if fail_job(job=job, error=error, at=at):
        log.error(
            "Job %s (%s) is given up after try %s: %s", job.pk, job.task, job.attempts, reason
        )
    else:
        log.warning("Job %s (%s) failed on try %s: %s", job.pk, job.task, job.attempts, reason)


def _give_up(job: Job, error: str, at: datetime) -> None:
    give_up_job(job=job, error=error, at=at)
    log.error("Job %s (%s) is given up: %s", job.pk, job.task, error)


@contextmanager
def kept_alive(job: Job) -> Iterator[None]:
    """Extend the lease from a thread of its own; a short job never gets that far."""
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, over), name=f"lease of job {job.pk}")
    heart.daemon = True
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


def _beat(job: Job, over: threading.Event) -> None:
    pause = lease_of(job).total_seconds() / 3
    try:
        while not over.wait(pause):
            try:
                extend_lease(job=job, at=timezone.now())
            except LeaseLost:
                return  # the finish will be refused and say so
            except (DatabaseError, InterfaceError) as error:
                log.warning("The lease of job %s could not be extended: %s", job.pk, error)
                connection.close()
    finally:
        connection.close()
