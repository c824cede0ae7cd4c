"""What happens by the clock."""

from typing import Any

from django.utils import timezone

from masthead.jobs.schedule import daily, every
from masthead.reading.actions import forget_reads, hour_of, rank_outlets
from masthead.reading.queries import outlets_read


def _is_anything_read() -> bool:
    return bool(outlets_read(hour=hour_of(timezone.now())))


@every(seconds=600, when=_is_anything_read)
def rank_most_read(**_: Any) -> None:
    """Safe to run twice: what did not change is not written."""
    rank_outlets(at=timezone.now())


@daily(at="03:20")
def forget_old_reads(**_: Any) -> None:
    forget_reads(at=timezone.now())
