"""What happens by the clock: chances each minute, what is to be expected each hour."""

from typing import Any

from django.utils import timezone

from masthead.ads.models import HourOfAds
from masthead.ads.pacing.curves import HOUR
from masthead.ads.pacing.orders import running
from masthead.ads.pacing.outlooks import look_ahead
from masthead.ads.pacing.turn import AHEAD, pace_flights
from masthead.jobs.schedule import every


def _does_anything_run() -> bool:
    now = timezone.now()
    return running(at=now, until=now + AHEAD).exists()


def _was_anything_counted() -> bool:
    hour = int(timezone.now().timestamp()) // HOUR
    return HourOfAds.objects.filter(hour__gte=hour - 24).exists()


@every(seconds=60, when=_does_anything_run)
def pace_what_runs(**_: Any) -> None:
    """Safe to run twice: what did not change is not told to any page."""
    pace_flights(at=timezone.now())


@every(seconds=3600, when=_was_anything_counted)
def look_ahead_an_hour(**_: Any) -> None:
    """Safe to run twice: it is made of what was counted alone."""
    look_ahead(at=timezone.now())
