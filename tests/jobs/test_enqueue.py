from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction

from masthead.jobs.decorator import NotAJobArgument, job
from masthead.jobs.models import Job
from masthead.jobs.worker import run_due_jobs

from . import errands
from .errands import leave_note, leave_one_note, note_article

pytestmark = pytest.mark.django_db


def test_a_job_called_plainly_runs_at_once(notes):
    leave_note(text="now")

    assert notes == ["now"]
    assert Job.objects.count() == 0


def test_a_job_left_for_later_is_done_by_a_worker(notes):
    job_id = leave_note.later(text="tea at four")

    done = run_due_jobs()

    assert (done, notes) == (1, ["tea at four"])
    assert Job.objects.get(pk=job_id).state == Job.State.DONE


def test_a_rolled_back_transaction_takes_its_jobs_with_it(notes):
    with transaction.atomic():
        leave_note.later(text="never said")
        transaction.set_rollback(True)

    run_due_jobs()

    assert notes == []
    assert Job.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_added_inside_a_job_is_done_too(notes):
    errands.pass_it_on.later(text="whisper")

    run_due_jobs()

    assert notes == ["whisper"]


def test_the_same_call_waits_once():
    first = leave_one_note.later(text="same")
    second = leave_one_note.later(text="same")
    other = leave_one_note.later(text="different")

    assert first == second
    assert other != first
    assert Job.objects.count() == 2


def test_a_call_that_was_done_may_wait_again(notes):
    leave_one_note.later(text="same")
    run_due_jobs()
    leave_one_note.later(text="same")
    run_due_jobs()

    assert notes == ["same", "same"]


def test_a_waiting_job_takes_the_newest_arguments_and_the_earlier_time(noon, notes):
    with time_machine.travel(noon, tick=False):
        note_article.later(article_id=7, text="old", run_at=noon + timedelta(hours=1))
        note_article.later(article_id=7, text="new")
        run_due_jobs()

    assert notes == ["7: new"]


def test_an_unknown_argument_is_refused_when_the_job_is_added():
    with pytest.raises(TypeError, match="colour"):
        leave_note.later(text="a", colour="red")


@pytest.mark.parametrize("value", [datetime(2026, 3, 2), uuid4(), {1, 2}, object()])
def test_an_argument_that_is_not_json_is_refused(value):
    with pytest.raises(NotAJobArgument, match="text cannot be kept as JSON"):
        leave_note.later(text=value)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        leave_note.later(text="when?", run_at=datetime(2026, 3, 2, 12, 0))


def test_a_job_with_positional_arguments_cannot_be_declared():
    with pytest.raises(TypeError, match="keyword-only"):

        @job()
        def misdeclared(text: str) -> None: ...


def test_a_very_long_unique_key_still_tells_calls_apart():
    leave_one_note.later(text="x" * 500 + "a")
    leave_one_note.later(text="x" * 500 + "b")
    leave_one_note.later(text="x" * 500 + "b")

    assert Job.objects.count() == 2


def test_adding_a_job_costs_one_statement_and_a_unique_one_two(django_assert_num_queries, db):
    notices = 1 if transaction.get_connection().vendor == "postgresql" else 0

    with django_assert_num_queries(1 + notices):
        leave_note.later(text="a")
    with django_assert_num_queries(2 + notices):
        leave_one_note.later(text="a")


def test_many_unique_calls_are_added_at_once_and_each_waits_once(notes):
    leave_one_note.later(text="a")

    leave_one_note.later_each([{"text": "b"}, {"text": "a"}, {"text": "b"}])

    assert Job.objects.count() == 2
    run_due_jobs()
    assert sorted(notes) == ["a", "b"]


def test_only_unique_calls_are_added_at_once(db):
    with pytest.raises(ValueError, match="is not unique"):
        leave_note.later_each([{"text": "a"}])
