"""What happens later: mails to authors, an outlet's rules after it was changed."""

from typing import Any

from django.utils import timezone

from masthead.comments.actions.policies import write_house
from masthead.jobs.decorator import job


@job(retries=5, unique=True)
def follow_sheet(*, outlet_id: int, **_: Any) -> None:
    """A new outlet gets the network's rules. Repeatable."""
    write_house(outlet_id=outlet_id, at=timezone.now())


@job(retries=5)
def tell_author(*, decision_id: int) -> None:
    """Mail a decision's statement of reasons to its author; once, whatever is repeated."""
