"""From what the provider says of a membership to when its benefits end: one table, no database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A renewal that fails, or that we have not heard of yet, costs nobody what they had.
GRACE = timedelta(days=10)


@dataclass(frozen=True)
class Standing:
    """
    paid_until: the end of the last period that was paid for and not given back; None: none was.
    is_given_back: whether the newest payment was. is_disputed: whether the bank wants one back.
    """

    status: str
    started_at: datetime
    period_ends_at: datetime
    trial_ends_at: datetime | None = None
    cancel_at: datetime | None = None
    ended_at: datetime | None = None
    paid_until: datetime | None = None
    is_given_back: bool = False
    is_disputed: bool = False
    is_paused: bool = False


def access_until(standing: Standing, *, grace: timedelta = GRACE) -> datetime | None:
    """When the benefits end; None: there are none, whatever was before."""
    if standing.is_disputed:
        return None
    if standing.status == "trialing":
        return standing.cancel_at or standing.period_ends_at + grace
    paid = standing.paid_until
    if paid is None:
        return None
    if standing.status == "active":
        return _active(standing, paid, grace)
    if standing.status == "past_due":
        return paid if standing.is_given_back else paid + grace
    if standing.status == "canceled":
        ended = standing.ended_at or paid
        return min(ended, paid if standing.is_given_back else paid + grace)
    return None


def _active(standing: Standing, paid: datetime, grace: timedelta) -> datetime:
    if standing.is_given_back or standing.is_paused:
        return paid
    if standing.cancel_at is not None:
        return min(standing.cancel_at, max(paid, standing.period_ends_at))
    return paid + grace
