from datetime import timedelta
from typing import Any

from django.utils import timezone

from masthead.changes.actions import forget_changes
from masthead.jobs.schedule import daily

KEPT = timedelta(days=7)  # a machine that was away longer prints everything anew


@daily(at="03:30")
def forget_old_changes(**_: Any) -> None:
    forget_changes(before=timezone.now() - KEPT)
