"""What happens by the clock: editions at their hours."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily, every
from masthead.newsletters.actions.building import build_edition
from masthead.newsletters.clicks.actions import forget_clicks
from masthead.newsletters.hours import latest_hour
from masthead.newsletters.models import Edition, Newsletter, Pace

# So long before its hour an edition that waits for an editor is there to be looked at.
AHEAD = timedelta(hours=1)
# An hour that long past is nobody's any more.
FORGOTTEN_AFTER = timedelta(hours=12)


def hours_due(*, at: datetime) -> list[tuple[Newsletter, datetime]]:
    """The newest hour of each newsletter that has come and was not served. Two queries."""
    found = []
    by_the_clock = (
        Newsletter.objects.filter(closed_at=None, hour__isnull=False)
        .exclude(pace=Pace.BY_HAND)
        .select_related("outlet")
        .order_by("pk")
    )
    for newsletter in by_the_clock:
        slot = _latest(newsletter, at=at)
        if slot is not None:
            found.append((newsletter, slot))
    served = set(
        Edition.objects.filter(slot__in={slot for _, slot in found}).values_list(
            "newsletter", "slot"
        )
    )
    return [each for each in found if (each[0].pk, each[1]) not in served]


def _latest(newsletter: Newsletter, *, at: datetime) -> datetime | None:
    ahead = AHEAD if newsletter.pace == Pace.HELD else timedelta(0)
    slot = latest_hour(
        days=newsletter.days,
        hour=newsletter.hour,  # type: ignore[arg-type]  # left out above without one
        zone=ZoneInfo(newsletter.outlet.timezone),
        at=at + ahead,
    )
    if slot is None or at - slot > FORGOTTEN_AFTER:
        return None
    if newsletter.hours_from is not None and slot <= newsletter.hours_from:
        return None
    return slot


def _is_anything_due() -> bool:
    return bool(hours_due(at=timezone.now()))


@every(seconds=30, when=_is_anything_due)
def give_out_hours(**_: Any) -> None:
    """A job for each newsletter whose hour has come; safe to run twice."""
    for newsletter, slot in hours_due(at=timezone.now()):
        build_for_hour.later(newsletter_id=newsletter.pk, slot=slot.isoformat())


@job(retries=4, priority=7, unique=True)
def build_for_hour(*, newsletter_id: int, slot: str, **_: Any) -> None:
    """The edition of one hour; a second run finds it there."""
    newsletter = Newsletter.objects.select_related("outlet").get(pk=newsletter_id)
    if newsletter.closed_at is None:
        build_edition(newsletter=newsletter, slot=datetime.fromisoformat(slot), at=timezone.now())


@daily(at="03:40")
def forget_old_clicks(**_: Any) -> None:
    forget_clicks(at=timezone.now())
