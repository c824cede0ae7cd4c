"""Recurring jobs: `@every` and `@daily`, each turn given out once to all workers together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from masthead.jobs.decorator import JobFunction, job
from masthead.jobs.models import ScheduleSlot

TURN = "turn of "  # begins the unique key of every turn


@dataclass(frozen=True)
class Recurring:
    """A job and the rule for its turns: the latest turn at or before an instant."""

    job: JobFunction[..., Any]
    latest_turn: Callable[[datetime], datetime]
    when: Callable[[], bool] | None = None

    @property
    def name(self) -> str:
        return self.job.path


Work = JobFunction[..., Any] | Callable[..., Any]
recurring: dict[str, Recurring] = {}


def every(
    *, seconds: int, when: Callable[[], bool] | None = None
) -> Callable[[Work], JobFunction[..., Any]]:
    """
    Give the job out at every multiple of so many seconds since 1970; a plain function becomes one.

    Turns missed while no worker ran become one. Its first turn is the first one after a worker
    has seen the job.

    when: asked first, reads only; a turn it answers False to is left out and writes nothing. Use
    it for short intervals, because a turn costs four small writes.
    """

    def latest(at: datetime) -> datetime:
        return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=UTC)

    return _registering(latest, when)


def daily(*, at: str, timezone: str = "UTC") -> Callable[[Work], JobFunction[..., Any]]:
    """
    Give the job out once a day. Missed days become one turn.

    at: "03:10" on the clocks of `timezone`. A time that the clocks skip in spring comes an hour
    later; one that they repeat in autumn counts the first time.
    """
    zone, hour = ZoneInfo(timezone), time.fromisoformat(at)

    def latest(now: datetime) -> datetime:
        today = now.astimezone(zone).date()
        turn = datetime.combine(today, hour, tzinfo=zone).astimezone(UTC)
        if turn > now:
            yesterday = today - timedelta(days=1)
            turn = datetime.combine(yesterday, hour, tzinfo=zone).astimezone(UTC)
        return turn

    return _registering(latest, None)


class Clerk:
    """Gives out turns; remembers what it saw, so that an idle look costs no query."""

    def __init__(self, schedule: Iterable[Recurring] | None = None) -> None:
        self._schedule = schedule
        self._seen: dict[str, datetime] = {}

    def give_out_turns(self, *, at: datetime) -> int:
        """Put in line what is due and was not given out by another worker; answers how many."""
        given = 0
        for entry in list(recurring.values()) if self._schedule is None else self._schedule:
            turn = entry.latest_turn(at)
            if self._seen.get(entry.name) == turn:
                continue
            if entry.when is None or entry.when():
                given += give_out_turn(entry=entry, slot_at=turn)
            self._seen[entry.name] = turn
        return given


def give_out_turn(*, entry: Recurring, slot_at: datetime) -> bool:
    """True when this call put the turn in line; False when it had been, or is the very first."""
    slots = ScheduleSlot.objects.filter(name=entry.name)
    if slots.filter(slot_at=slot_at).exists():
        return False
    # A job that nobody has seen before starts with its next turn, so that a new network does not
    # begin with everything that "should have" run this morning.
    first = entry.when is None and not slots.exists()
    try:
        with transaction.atomic():
            ScheduleSlot.objects.create(name=entry.name, slot_at=slot_at)
            if not first:
                entry.job.add(kwargs={}, run_at=slot_at, unique_key=f"{TURN}{entry.name}")
    except IntegrityError:
        return False
    return not first


def _registering(
    latest: Callable[[datetime], datetime], when: Callable[[], bool] | None
) -> Callable[[Work], JobFunction[..., Any]]:
    def register(work: Work) -> JobFunction[..., Any]:
        made = work if isinstance(work, JobFunction) else job(retries=3)(work)
        recurring[made.path] = Recurring(job=made, latest_turn=latest, when=when)
        return made

    return register
