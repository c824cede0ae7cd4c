"""Putting a job in the table, inside whatever transaction is open."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Least
from django.utils import timezone

from masthead.jobs.models import Job

CHANNEL = "masthead_jobs"  # workers on PostgreSQL listen here
LONGEST_KEY = 200


def add_job(
    *,
    task: str,
    arguments: dict[str, Any],
    queue: str = "default",
    priority: int = 0,
    unique_key: str = "",
    run_at: datetime | None = None,
    most_attempts: int = 5,
    give_up_after_seconds: float | None = None,
) -> Job:
    """
    The job that will make this call: a new row, or the one that already waits under `unique_key`.

    The row belongs to the caller's transaction and goes when that is rolled back. A waiting row
    that is met again takes the newer arguments and the earlier time of the two.
    """
    now = timezone.now()
    due = run_at or now
    job = Job(
        task=task,
        queue=queue,
        priority=priority,
        arguments=arguments,
        unique_key=_short(unique_key),
        run_at=due,
        give_up_at=_give_up_at(due, give_up_after_seconds),
        most_attempts=most_attempts,
        enqueued_at=now,
    )
    if job.unique_key:
        job = _only_one(job)
    else:
        job.save(force_insert=True)
    _wake_workers()
    return job


def add_each_once(
    *,
    task: str,
    arguments: Mapping[str, dict[str, Any]],
    queue: str,
    priority: int,
    most_attempts: int,
    give_up_after_seconds: float | None,
) -> None:
    """
    `add_job` for many calls of one task, by their unique keys, in four statements.

    Keys are locked in their order, so that two who add some of the same never wait for each other.
    """
    now = timezone.now()
    give_up_at = _give_up_at(now, give_up_after_seconds)
    left = {
        _short(key): Job(
            task=task,
            queue=queue,
            priority=priority,
            arguments=given,
            unique_key=_short(key),
            run_at=now,
            give_up_at=give_up_at,
            most_attempts=most_attempts,
            enqueued_at=now,
        )
        for key, given in sorted(arguments.items())
    }
    while left:
        with transaction.atomic(savepoint=False):
            Job.objects.bulk_create(left.values(), ignore_conflicts=True)
            found = Job.objects.select_for_update().filter(
                unique_key__in=list(left), state=Job.State.READY
            )
            waiting = list(found.order_by("unique_key"))
            theirs = [
                each.pk for each in waiting if each.public_id != left[each.unique_key].public_id
            ]
            # As in `_merged`: the write keeps workers off until our transaction is over.
            Job.objects.filter(pk__in=theirs).update(
                run_at=Least("run_at", Value(now)), give_up_at=give_up_at
            )
        for each in waiting:
            del left[each.unique_key]
    _wake_workers()


def _give_up_at(due: datetime, seconds: float | None) -> datetime | None:
    return None if seconds is None else due + timedelta(seconds=seconds)


def _only_one(job: Job) -> Job:
    while True:
        with transaction.atomic(savepoint=False):
            Job.objects.bulk_create([job], ignore_conflicts=True)
            waiting = (
                Job.objects.select_for_update()
                .filter(unique_key=job.unique_key, state=Job.State.READY)
                .first()
            )
            # None: a worker took it between the two statements, so there is room for ours.
            if waiting is not None:
                return waiting if waiting.public_id == job.public_id else _merged(waiting, job)


def _merged(waiting: Job, job: Job) -> Job:
    # This write matters even when it changes nothing: the row lock keeps workers off until our
    # transaction is over. Otherwise the job could run before what it should see is committed.
    waiting.arguments = job.arguments
    waiting.run_at = min(waiting.run_at, job.run_at)
    waiting.priority = max(waiting.priority, job.priority)
    waiting.give_up_at = job.give_up_at
    waiting.save(update_fields=["arguments", "run_at", "priority", "give_up_at"])
    return waiting


def _short(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}:{digest}"


def _wake_workers() -> None:
    # PostgreSQL delivers this at commit and never after a rollback. SQLite workers look twice a
    # second instead.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
