import logging
from datetime import timedelta

import pytest
import time_machine

from masthead.jobs.enqueue import add_job
from masthead.jobs.leases import (
    LeaseLost,
    claim_job,
    extend_lease,
    fail_job,
    finish_job,
    recover_lost_jobs,
    wait_before_retry,
)
from masthead.jobs.models import Job
from masthead.jobs.worker import run_due_jobs

from .errands import fail, hurry, leave_note, leave_one_note, quit_program

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


def test_a_claimed_job_is_not_given_to_a_second_worker(noon):
    leave_note.later(text="once")

    ada = claim_job(worker="ada", at=noon)
    bo = claim_job(worker="bo", at=noon)

    assert (ada.worker, ada.fence, ada.attempts) == ("ada", 1, 1)
    assert bo is None


def test_the_urgent_go_first_and_then_the_longest_due(noon):
    for name, priority, minutes in [("late", 0, 1), ("early", 0, 2), ("urgent", 9, 0)]:
        add_job(
            task=name,
            arguments={"args": [], "kwargs": {}},
            priority=priority,
            run_at=noon - minutes * MINUTE,
        )

    order = [claim_job(worker="ada", at=noon).task for _ in range(3)]

    assert order == ["urgent", "early", "late"]


def test_a_job_waits_for_its_second(noon):
    leave_note.later(text="on time", run_at=noon)

    early = claim_job(worker="ada", at=noon - timedelta(microseconds=1))
    on_time = claim_job(worker="ada", at=noon)

    assert early is None
    assert on_time is not None


def test_an_idle_worker_only_reads(noon, django_assert_num_queries):
    leave_note.later(text="tomorrow", run_at=noon + timedelta(days=1))

    with django_assert_num_queries(1) as queries:
        claim_job(worker="ada", at=noon)

    assert queries[0]["sql"].startswith("SELECT")


def test_a_job_whose_worker_fell_silent_goes_to_another(noon):
    leave_note.later(text="mine")
    claim_job(worker="ada", at=noon)

    too_soon = recover_lost_jobs(at=noon + timedelta(seconds=59))
    freed = recover_lost_jobs(at=noon + timedelta(seconds=61))
    again = claim_job(worker="bo", at=noon + timedelta(seconds=61))

    assert (too_soon, freed) == (0, 1)
    assert (again.worker, again.fence, again.attempts) == ("bo", 2, 2)


def test_what_a_presumed_lost_worker_reports_is_refused(noon):
    leave_note.later(text="mine")
    zombie = claim_job(worker="ada", at=noon)
    recover_lost_jobs(at=noon + 2 * MINUTE)
    claim_job(worker="bo", at=noon + 2 * MINUTE)

    for report in (
        lambda: finish_job(job=zombie, at=noon + 3 * MINUTE),
        lambda: fail_job(job=zombie, error="late", at=noon + 3 * MINUTE),
        lambda: extend_lease(job=zombie, at=noon + 3 * MINUTE),
    ):
        with pytest.raises(LeaseLost):
            report()

    kept = Job.objects.get(pk=zombie.pk)
    assert (kept.state, kept.worker, kept.last_error[:15]) == ("running", "bo", "The worker ada ")


def test_a_lease_that_is_extended_is_not_taken_away(noon):
    leave_note.later(text="long")
    job = claim_job(worker="ada", at=noon)

    extend_lease(job=job, at=noon + timedelta(seconds=50))

    assert recover_lost_jobs(at=noon + timedelta(seconds=100)) == 0


def test_a_job_that_kills_its_worker_every_time_is_given_up(noon):
    fail.later(text="poison")

    for minutes in (0, 2, 4):
        claim_job(worker="ada", at=noon + minutes * MINUTE)
        recover_lost_jobs(at=noon + (minutes + 2) * MINUTE)

    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.DEAD, 3)
    assert job.last_error == "The worker ada stopped in the middle of it (try 3)."


def test_a_failed_job_waits_longer_each_time_and_is_then_given_up(at_noon, noon, notes, caplog):
    caplog.set_level(logging.WARNING)
    fail.later(text="parcel")

    waits = []
    for _ in range(2):
        run_due_jobs()
        waits.append((Job.objects.get().run_at - noon).total_seconds())
        noon = Job.objects.get().run_at
        at_noon.move_to(noon, tick=False)
    run_due_jobs()

    job = Job.objects.get()
    assert 3 <= waits[0] <= 5
    assert 12 <= waits[1] <= 20
    assert notes == ["parcel"] * 3
    assert (job.state, job.last_error_line) == ("dead", "ValueError: cannot deliver parcel")
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING", "ERROR"]


def test_waits_grow_to_an_hour():
    waits = [wait_before_retry(attempts=tries).total_seconds() for tries in (1, 3, 6, 60)]

    middles = [4, 64, 3600, 3600]
    assert [round(wait / middle) for wait, middle in zip(waits, middles, strict=True)] == [
        1,
        1,
        1,
        1,
    ]


def test_a_job_is_given_up_when_its_next_try_would_be_too_late(at_noon, noon, notes):
    hurry.later(text="evening edition")

    for seconds in (0, 59):  # the second wait is 12 s or more, past the minute it is given
        at_noon.move_to(noon + timedelta(seconds=seconds), tick=False)
        run_due_jobs()

    assert notes == ["evening edition"] * 2
    assert Job.objects.get().state == Job.State.DEAD


def test_a_job_found_too_late_is_not_tried(at_noon, noon, notes):
    hurry.later(text="yesterday's edition")
    at_noon.move_to(noon + 2 * MINUTE, tick=False)

    run_due_jobs()

    job = Job.objects.get()
    assert notes == []
    assert (job.state, job.last_error) == (
        "dead",
        "It was too late for it when a worker was free.",
    )


def test_a_job_that_asks_the_program_to_quit_fails_alone(notes):
    quit_program.later()
    leave_note.later(text="still here")

    run_due_jobs()

    assert notes == ["still here"]
    assert Job.objects.get(state=Job.State.DEAD).last_error_line == "SystemExit: 3"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nowhere.at_all", "“nowhere.at_all” cannot be imported: No module named 'nowhere'."),
        ("os.remove", "No job is registered as “os.remove”; was it renamed or removed?"),
        (f"{leave_note.__module__}.not_a_job", "was it renamed or removed?"),
        ("plain", "“plain” cannot be imported: Empty module name."),
    ],
)
def test_a_job_nobody_knows_becomes_a_dead_letter_that_says_so(path, reason, notes):
    add_job(task=path, arguments={"args": [], "kwargs": {"text": "boo"}})

    run_due_jobs()

    job = Job.objects.get()
    assert job.state == Job.State.DEAD
    assert job.last_error.endswith(reason)
    assert notes == []


def test_a_failed_job_steps_back_when_the_same_call_waits_already(noon):
    leave_one_note.later(text="same")
    running = claim_job(worker="ada", at=noon)
    newer = leave_one_note.later(text="same")

    fail_job(job=running, error="no", at=noon)

    assert Job.objects.get(pk=running.pk).state == Job.State.DONE
    assert Job.objects.get(pk=newer).state == Job.State.READY


def test_an_error_with_a_nul_can_be_kept(noon):
    leave_note.later(text="x")
    job = claim_job(worker="ada", at=noon)

    fail_job(job=job, error="a\x00b", at=noon)

    assert Job.objects.get().last_error == "a\N{REPLACEMENT CHARACTER}b"
