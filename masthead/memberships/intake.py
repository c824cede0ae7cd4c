"""
Notices from the provider: verified as they came, kept once, answered when they are on the disk.

In the app one thread keeps them. While it waits for the disk others arrive; all who wait then are
kept in the next transaction, so that a burst costs a few transactions and not one each.
"""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue

from django.db import close_old_connections, transaction
from django.db.models import F

from masthead.memberships.jobs import work_off_subject
from masthead.memberships.models import Event
from masthead.memberships.providers.base import Notice
from masthead.memberships.providers.choosing import provider
from masthead.memberships.working_off import NOTHING, subject_of

MOST_TOGETHER = 200


@dataclass(eq=False)
class Came:
    """kept: resolves when it is on the disk, to whether it is new; or to why it is not there."""

    notice: Notice
    at: datetime
    kept: "Future[bool]" = field(default_factory=Future)


def read_notice(*, body: bytes, headers: Mapping[str, str], at: datetime) -> Came:
    """Nothing is written and nobody is asked. Raises NotGenuine."""
    return Came(provider().read_notice(body, headers), at)


def take_notice(*, body: bytes, headers: Mapping[str, str], at: datetime) -> bool:
    """
    Keep a notice and leave a job for what it is about; False for one that is known.

    It is kept when this returns. Raises NotGenuine, after which nothing was written.
    """
    came = read_notice(body=body, headers=headers, at=at)
    return keep([came])[0]


class Keeper:
    """The one thread of a process that keeps what is given to it, as many at once as wait."""

    def __init__(self) -> None:
        self._came: SimpleQueue[Came] = SimpleQueue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def give(self, came: Came) -> "Future[bool]":
        self._came.put(came)
        with self._start:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
                self._thread.start()
        return came.kept

    def keep_waiting(self) -> int:
        """Wait for one, keep it with all that wait by then. How many."""
        together = [self._came.get()]
        while len(together) < MOST_TOGETHER:
            try:
                together.append(self._came.get_nowait())
            except Empty:
                break
        together = [came for came in together if came.kept.set_running_or_notify_cancel()]
        try:
            news = keep(together)
        except Exception as error:  # each of them is told, and the next ones are tried again
            for came in together:
                came.kept.set_exception(error)
        else:
            for came, is_new in zip(together, news, strict=True):
                came.kept.set_result(is_new)
        return len(together)

    def _run(self) -> None:
        while True:
            self.keep_waiting()
            close_old_connections()


def keep(together: Sequence[Came]) -> list[bool]:
    """
    One transaction, however many: what is new, what came again, and a job for each subject.

    Answers of each whether it is new. Notices of the same thing that wait together are one job.
    """
    first: dict[str, Came] = {}
    for came in together:
        first.setdefault(came.notice.ref, came)
    with transaction.atomic():
        found = Event.objects.filter(ref__in=list(first))
        known = set(found.values_list("ref", flat=True))
        fresh = [came for ref, came in first.items() if ref not in known]
        Event.objects.bulk_create([_event(came) for came in fresh], ignore_conflicts=True)
        news = [came in fresh for came in together]
        for came, is_new in zip(together, news, strict=True):
            if not is_new:
                Event.objects.filter(ref=came.notice.ref).update(times=F("times") + 1)
        subjects = {subject_of(came.notice) for came in fresh} - {""}
        if subjects:
            work_off_subject.later_each({"subject": subject} for subject in sorted(subjects))
    return news


def _event(came: Came) -> Event:
    subject = subject_of(came.notice)
    return Event(
        ref=came.notice.ref,
        kind=came.notice.kind,
        subject=subject,
        made_at=came.notice.made_at,
        arrived_at=came.at,
        done_at=None if subject else came.at,
        outcome="" if subject else NOTHING,
    )
