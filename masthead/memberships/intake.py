"""Notices from the provider: verified as they came, kept once, answered at once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from masthead.memberships.jobs import work_off_subject
from masthead.memberships.models import Event
from masthead.memberships.providers.choosing import provider
from masthead.memberships.working_off import NOTHING, subject_of


def take_notice(*, body: bytes, headers: Mapping[str, str], at: datetime) -> Event | None:
    """
    Keep a notice and leave a job for what it is about; None for one that is known.

    Nobody is asked here. Notices of the same thing that wait together are one job. Raises
    NotGenuine, after which nothing was written.
    """
    notice = provider().read_notice(body, headers)
    subject = subject_of(notice)
    with transaction.atomic():
        event, is_new = Event.objects.get_or_create(
            ref=notice.ref,
            defaults={
                "kind": notice.kind,
                "subject": subject,
                "made_at": notice.made_at,
                "arrived_at": at,
                "done_at": None if subject else at,
                "outcome": "" if subject else NOTHING,
            },
        )
        if not is_new:
            Event.objects.filter(pk=event.pk).update(times=F("times") + 1)
            return None
        if subject:
            work_off_subject.later(subject=subject)
    return event
