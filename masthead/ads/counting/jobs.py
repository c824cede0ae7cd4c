"""What happens by the clock."""

import logging
from datetime import timedelta
from typing import Any

from django.utils import timezone

from masthead.ads.counting.actions import fold_days, forget_old, hour_of
from masthead.ads.counting.queries import differences
from masthead.jobs.schedule import daily

log = logging.getLogger(__name__)

HOURS_KEPT = timedelta(days=92)
DAYS_AT_ONCE = 40
RECONCILED = timedelta(days=7)


@daily(at="03:25")
def reconcile_and_forget(**_: Any) -> None:
    """Safe to run twice."""
    now = timezone.now()
    found = differences(first_hour=hour_of(now - RECONCILED), last_hour=hour_of(now) - 1)
    for hour, row in found.items():
        log.warning("Advertising of hour %d differs from what was counted: %s", hour, row)
    fold_days(before=now - HOURS_KEPT, most=DAYS_AT_ONCE)
    forget_old(at=now)
