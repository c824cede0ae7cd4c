"""
Notices from the provider: verified as they came, kept once, answered at once.

In a burst the threads that wait for the disk at the same moment share one transaction: whoever's
turn it is keeps the notices of all who wait, and each is answered when its own is kept.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from masthead.memberships.jobs import work_off_subject
from masthead.memberships.models import Event
from masthead.memberships.providers.base import Notice
from masthead.memberships.providers.choosing import provider
from masthead.memberships.working_off import NOTHING, subject_of


@dataclass(eq=False)
class _Waiting:
    notice: Notice
    at: datetime
    is_new: bool = False
    is_done: bool = False
    error: Exception | None = None


_guard, _turn = threading.Lock(), threading.Lock()
_waiting: list[_Waiting] = []


def take_notice(*, body: bytes, headers: Mapping[str, str], at: datetime) -> bool:
    """
    Keep a notice and leave a job for what it is about; False for one that is known.

    It is kept when this returns. Nobody is asked here. Notices of the same thing that wait together
    are one job. Raises NotGenuine, after which nothing was written.
    """
    mine = _Waiting(provider().read_notice(body, headers), at)
    if connection.in_atomic_block:  # what others bring must not go with somebody's rollback
        _keep([mine])
        return mine.is_new
    with _guard:
        _waiting.append(mine)
    with _turn:
        if not mine.is_done:
            _keep_all()
    if mine.error is not None:
        raise mine.error
    return mine.is_new


def _keep_all() -> None:
    with _guard:
        together = list(_waiting)
        _waiting.clear()
    try:
        _keep(together)
    except Exception as error:
        for each in together:
            each.error = error
    finally:
        for each in together:
            each.is_done = True


def _keep(together: Sequence[_Waiting]) -> None:
    """One transaction, however many: what is new, what came again, and a job for each subject."""
    first: dict[str, _Waiting] = {}
    for each in together:
        first.setdefault(each.notice.ref, each)
    with transaction.atomic():
        found = Event.objects.filter(ref__in=list(first))
        known = set(found.values_list("ref", flat=True))
        fresh = [each for ref, each in first.items() if ref not in known]
        Event.objects.bulk_create([_event(each) for each in fresh], ignore_conflicts=True)
        for each in fresh:
            each.is_new = True
        for each in together:
            if not each.is_new:
                Event.objects.filter(ref=each.notice.ref).update(times=F("times") + 1)
        subjects = {subject_of(each.notice) for each in fresh} - {""}
        if subjects:
            work_off_subject.later_each({"subject": subject} for subject in sorted(subjects))


def _event(each: _Waiting) -> Event:
    subject = subject_of(each.notice)
    return Event(
        ref=each.notice.ref,
        kind=each.notice.kind,
        subject=subject,
        made_at=each.notice.made_at,
        arrived_at=each.at,
        done_at=None if subject else each.at,
        outcome="" if subject else NOTHING,
    )
