"""What happens by the clock: copies of editions that arrived."""

from typing import Any

from django.utils import timezone

from masthead.ads.letters.counting import COUNTED_FOR, count_copies, note_editions
from masthead.jobs.schedule import daily, every
from masthead.newsletters.models import Edition


def _went_anything_out() -> bool:
    return Edition.objects.filter(released_at__gt=timezone.now() - COUNTED_FOR).exists()


@every(seconds=120, when=_went_anything_out)
def count_editions(**_: Any) -> None:
    """Safe to run twice: each copy counts once."""
    now = timezone.now()
    note_editions(at=now)
    count_copies(at=now)


@daily(at="04:20")
def count_what_was_settled(**_: Any) -> None:
    """Copies that were in doubt, or late; safe to run twice."""
    count_copies(at=timezone.now(), also_finished=True)
