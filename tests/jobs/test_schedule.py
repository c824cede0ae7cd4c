from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db.models import QuerySet

from masthead.jobs.housekeeping import delete_old_jobs, delete_old_slots, tidy_jobs
from masthead.jobs.models import Job, ScheduleSlot
from masthead.jobs.schedule import Clerk, Recurring, daily, every, give_out_turn, recurring
from masthead.jobs.worker import discover_jobs, run_due_jobs, run_worker

from .errands import leave_note, notes

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def ring() -> None:
    """A plain function that a schedule makes a job."""
    notes.append("ding")


@pytest.fixture
def bell():
    yield every(seconds=60)(ring)
    del recurring[f"{ring.__module__}.ring"]


@pytest.fixture
def hourly():
    """A schedule outside the registry, so that the tests alone give it out."""
    return Recurring(leave_note, lambda at: at.replace(minute=0, second=0, microsecond=0))


def test_a_plain_function_becomes_a_recurring_job(bell, notes):
    assert recurring[bell.path].job is bell

    bell()

    assert notes == ["ding"]


def test_a_turn_is_given_out_once_to_all_workers(hourly, noon):
    ada, bo = Clerk([hourly]), Clerk([hourly])
    ada.give_out_turns(at=noon)

    given = [clerk.give_out_turns(at=noon + 60 * MINUTE) for clerk in (ada, bo, ada, bo)]

    assert given == [1, 0, 0, 0]
    assert Job.objects.count() == 1


def test_a_worker_that_is_a_moment_late_with_a_turn_gives_nothing_out(hourly, noon, monkeypatch):
    give_out_turn(entry=hourly, slot_at=noon)
    monkeypatch.setattr(QuerySet, "exists", lambda _: False)  # it looked before the other wrote

    given = give_out_turn(entry=hourly, slot_at=noon)

    assert given is False
    assert Job.objects.count() == 0


def test_missed_turns_become_one(hourly, noon):
    Clerk([hourly]).give_out_turns(at=noon)

    given = Clerk([hourly]).give_out_turns(at=noon + timedelta(days=3))

    assert given == 1
    assert Job.objects.get().run_at == noon + timedelta(days=3)


def test_a_turn_that_still_waits_is_not_doubled_by_the_next(hourly, noon):
    clerk = Clerk([hourly])
    for hour in range(4):
        clerk.give_out_turns(at=noon + hour * 60 * MINUTE)

    assert Job.objects.count() == 1


def test_a_new_schedule_starts_with_its_next_turn(hourly, noon):
    assert Clerk([hourly]).give_out_turns(at=noon) == 0


def test_a_clerk_that_has_seen_the_turn_asks_nothing(hourly, noon, django_assert_num_queries):
    clerk = Clerk([hourly])
    clerk.give_out_turns(at=noon)

    with django_assert_num_queries(0):
        clerk.give_out_turns(at=noon + MINUTE)


def test_a_turn_with_nothing_to_do_writes_nothing(noon, django_assert_num_queries):
    idle = Recurring(leave_note, lambda at: at, when=lambda: False)

    with django_assert_num_queries(0):
        given = Clerk([idle]).give_out_turns(at=noon)

    assert given == 0


def test_a_turn_with_something_to_do_counts_from_the_first(noon):
    busy = Recurring(leave_note, lambda at: at, when=lambda: True)

    assert Clerk([busy]).give_out_turns(at=noon) == 1


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        (datetime(2026, 1, 10, 2, 9, tzinfo=UTC), datetime(2026, 1, 9, 2, 10, tzinfo=UTC)),
        (datetime(2026, 1, 10, 2, 10, tzinfo=UTC), datetime(2026, 1, 10, 2, 10, tzinfo=UTC)),
        (datetime(2026, 7, 10, 2, 0, tzinfo=UTC), datetime(2026, 7, 10, 1, 10, tzinfo=UTC)),
        # 2026-03-29: the clocks in Berlin go from 2 to 3, so 03:10 is 01:10 UTC that day
        (datetime(2026, 3, 29, 1, 10, tzinfo=UTC), datetime(2026, 3, 29, 1, 10, tzinfo=UTC)),
    ],
)
def test_a_daily_job_follows_the_clocks_of_its_zone(now, turn):
    kept = recurring.copy()
    made = daily(at="03:10", timezone="Europe/Berlin")(leave_note)

    found = recurring[made.path].latest_turn(now)

    recurring.clear()
    recurring.update(kept)
    assert found == turn


def test_a_worker_gives_out_turns_and_does_them(bell, noon, notes):
    with time_machine.travel(noon, tick=False) as clock:
        run_worker(once=True)
        clock.move_to(noon + MINUTE, tick=False)
        run_worker(once=True)

    assert notes == ["ding"]


def test_housekeeping_is_scheduled():
    discover_jobs()

    assert recurring[tidy_jobs.path].job is tidy_jobs


def test_done_jobs_are_deleted_after_a_week_and_dead_letters_never(noon):
    for state, days in [("done", 8), ("done", 6), ("dead", 80), ("ready", 80)]:
        job_id = leave_note.later(text=f"{state} {days}")
        Job.objects.filter(pk=job_id).update(state=state, finished_at=noon - timedelta(days=days))

    deleted = delete_old_jobs(at=noon)

    assert deleted == 1
    assert Job.objects.count() == 3


def test_old_slots_go_but_the_newest_of_each_schedule_stays(noon):
    for name, days in [("weekly", 9), ("weekly", 16), ("daily", 1), ("daily", 3)]:
        ScheduleSlot.objects.create(name=name, slot_at=noon - timedelta(days=days))

    delete_old_slots(at=noon)

    kept = ScheduleSlot.objects.order_by("name").values_list("name", "slot_at")
    assert list(kept) == [
        ("daily", noon - timedelta(days=1)),
        ("weekly", noon - timedelta(days=9)),
    ]


def test_housekeeping_runs_as_a_job():
    tidy_jobs.later()

    assert run_due_jobs() == 1
    assert Job.objects.get().state == Job.State.DONE
