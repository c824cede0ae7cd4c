"""Notices from the provider: verified as they came, kept once, answered at once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from masthead.memberships.jobs import work_off_event
from masthead.memberships.models import Event
from masthead.memberships.providers.choosing import provider


def take_notice(*, body: bytes, headers: Mapping[str, str], at: datetime) -> Event | None:
    """
    Keep a notice and leave a job for it; None for one that is known.

    Two writes, no asking. Raises NotGenuine, after which nothing was written.
    """
    notice = provider().read_notice(body, headers)
    about = {"about": notice.about, "kind": notice.about_kind, **notice.hints}
    with transaction.atomic():
        event, is_new = Event.objects.get_or_create(
            ref=notice.ref,
            defaults={
                "kind": notice.kind,
                "about": notice.about,
                "about_kind": notice.about_kind,
                "made_at": notice.made_at,
                "arrived_at": at,
            },
        )
        if not is_new:
            Event.objects.filter(pk=event.pk).update(times=F("times") + 1)
            return None
        work_off_event.later(event_id=event.pk, names=about)
    return event
