"""
A pause is over, its reader's own or that of a dispute. Whatever became due in it was not charged,
and what is charged next may be a year away: so a period is begun, and paid, from now on.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.memberships.models import Membership
from masthead.memberships.providers.base import InvoiceState, MembershipState
from masthead.memberships.providers.choosing import provider
from masthead.memberships.standings import standing_of


def resume_later(
    *, member: Membership, was_paused: bool, state: MembershipState, invoices: list[InvoiceState]
) -> None:
    """Leave a job where a pause has just ended; part of the transaction that writes it down."""
    if was_paused and has_to_begin_anew(state, invoices, at=timezone.now()):
        begin_anew.later(membership_id=member.pk)


def has_to_begin_anew(
    state: MembershipState, invoices: Iterable[InvoiceState], *, at: datetime
) -> bool:
    """
    Whether it runs on without being paid for. No query.

    Not where somebody leaves, a bill is open, or the money was given back: nobody is charged anew
    for what they do not want or are asked for already.
    """
    bills = list(invoices)
    standing = standing_of(state, bills)
    runs_on = state.status == "active" and not state.is_paused and state.cancel_at is None
    is_asked = any(each.status in {"draft", "open"} for each in bills)
    is_paid = standing.paid_until is not None and standing.paid_until > at
    is_contested = standing.is_given_back or standing.is_disputed
    return runs_on and not (is_asked or is_paid or is_contested)


@job(retries=12, give_up_after_seconds=3 * 86_400, unique="{membership_id}")
def begin_anew(*, membership_id: int, **_: Any) -> None:
    """
    At least once; reads what is true when it runs. Its key names the period that was not paid, so
    that it is charged once however often it is tried.
    """
    from masthead.memberships.mirroring import follow_membership

    member, there, now = Membership.objects.get(pk=membership_id), provider(), timezone.now()
    state = there.read_membership(member.ref)
    if has_to_begin_anew(state, there.invoices(member.ref), at=now):
        key = f"anew-{member.ref}-{state.period_starts_at.timestamp():.0f}"
        there.begin_anew(state, key=key)
    follow_membership(ref=member.ref, at=timezone.now())
