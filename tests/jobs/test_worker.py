import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from masthead.jobs import running, waiting, worker
from masthead.jobs.leases import claim_job
from masthead.jobs.models import Job

from .errands import leave_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def stop():
    return threading.Event()


def test_a_worker_told_to_run_once_ends_when_nothing_is_due(notes):
    leave_note.later(text="a")
    leave_note.later(text="b")

    done = worker.run_worker(once=True)

    assert (done, notes) == (2, ["a", "b"])


def test_a_worker_told_to_stop_leaves_the_rest_waiting(notes, stop, monkeypatch):
    monkeypatch.setattr(running, "_call", lambda job, work: stop.set())
    first = leave_note.later(text="a")
    leave_note.later(text="b")

    worker.run_due_jobs(stop=stop)

    assert Job.objects.get(pk=first).state == Job.State.DONE
    assert Job.objects.filter(state=Job.State.READY).count() == 1


def test_a_worker_sleeps_until_the_second_a_job_is_due(noon, stop, monkeypatch):
    naps = []
    monkeypatch.setattr(stop, "wait", naps.append)
    monkeypatch.setattr(waiting, "_listen", naps.append)

    with time_machine.travel(noon, tick=False):
        waiting.wait_for_work(stop=stop, until=noon + timedelta(milliseconds=210))

    assert naps == [pytest.approx(0.21)]


def test_an_idle_worker_looks_again_within_a_second(noon, stop, monkeypatch):
    naps = []
    monkeypatch.setattr(stop, "wait", naps.append)
    monkeypatch.setattr(waiting, "_listen", naps.append)

    waiting.wait_for_work(stop=stop, until=None)

    assert 0 < naps[0] <= 1


def test_an_outage_is_told_once_and_its_end_once(stop, caplog, monkeypatch):
    monkeypatch.setattr(stop, "wait", lambda seconds: None)
    outage = waiting.Outage(stop)

    for _ in range(5):
        with outage.survived():
            raise OperationalError("server closed the connection")
    for _ in range(2):
        with outage.survived():
            pass

    assert [record.getMessage() for record in caplog.records] == [
        "The database cannot be reached, trying again: server closed the connection",
        "The database is back after 5 tries.",
    ]


@pytest.mark.django_db(transaction=True)
def test_what_a_job_did_is_recorded_when_the_database_is_back(stop, notes, monkeypatch):
    monkeypatch.setattr(stop, "wait", lambda seconds: None)
    answers = iter([OperationalError("gone"), OperationalError("gone"), None])

    def finish(**kwargs):
        if (answer := next(answers)) is not None:
            raise answer
        real_finish(**kwargs)

    real_finish = running.finish_job
    monkeypatch.setattr(running, "finish_job", finish)
    leave_note.later(text="sent once")

    worker.run_due_jobs(stop=stop)

    assert notes == ["sent once"]
    assert Job.objects.get().state == Job.State.DONE


def test_a_long_job_keeps_its_lease(monkeypatch):
    beats = []
    monkeypatch.setattr(running, "extend_lease", lambda **kwargs: beats.append(kwargs["job"].pk))
    monkeypatch.setattr(running, "lease_of", lambda job: timedelta(seconds=0.03))
    leave_note.later(text="long")
    job = claim_job(worker="ada", at=timezone.now())

    with running.kept_alive(job):
        deadline = time.monotonic() + 5
        while len(beats) < 2 and time.monotonic() < deadline:
            time.sleep(0.005)

    assert beats[:2] == [job.pk, job.pk]


def test_the_watcher_hears_a_beat_while_the_worker_lives(stop, monkeypatch):
    monkeypatch.setattr(worker, "_work", lambda stop, name: stop.wait(5))
    monkeypatch.setattr(worker.Clerk, "give_out_turns", lambda self, at: 0)
    beats = []

    def on_beat():
        beats.append(1)
        if len(beats) == 2:
            stop.set()

    worker.run_worker(stop=stop, on_beat=on_beat)

    assert len(beats) >= 2


def test_a_beat_without_a_database_does_not_end_the_watch(stop, monkeypatch, caplog):
    monkeypatch.setattr(worker, "_work", lambda stop, name: stop.wait(5))
    monkeypatch.setattr(worker.Clerk, "give_out_turns", lambda self, at: 0)
    monkeypatch.setattr(waiting.connection, "close", lambda: None)
    beats = []

    def on_beat():
        beats.append(1)
        if len(beats) == 2:
            stop.set()
        raise OperationalError("The server closed the connection.")

    worker.run_worker(stop=stop, on_beat=on_beat)

    assert len(beats) >= 2
    assert "The database cannot be reached" in caplog.text
