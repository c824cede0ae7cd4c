"""
A bank wants a payment back. Until that is decided nothing more is charged; lost, it has ended.

Nobody is charged for what they do not have, and who does not want to pay is not charged again.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.memberships.doubles import IN_FORCE
from masthead.memberships.models import Membership
from masthead.memberships.providers.base import InvoiceState, NotThere, Provider
from masthead.memberships.providers.choosing import provider


def is_unsettled(member: Membership, invoices: Iterable[InvoiceState]) -> bool:
    """Whether the provider has to be told what comes of a dispute. No query."""
    if member.status not in IN_FORCE:
        return False
    if any(each.is_lost for each in invoices):
        return True
    return _has_to_wait(member) if member.is_disputed else member.held_at is not None


@job(retries=12, give_up_after_seconds=3 * 86_400, unique="{membership_id}")
def settle_dispute(*, membership_id: int, **_: Any) -> None:
    """
    Make it at the provider as the dispute stands when this runs. Said again it changes nothing.

    That we hold it is written down before it is done, and forgotten after it is undone, so that a
    kill leaves no membership held of which we do not know.
    """
    from masthead.memberships.mirroring import follow_membership

    member, there, now = Membership.objects.get(pk=membership_id), provider(), timezone.now()
    invoices = there.invoices(member.ref)
    state = there.read_membership(member.ref)
    if state.status not in IN_FORCE:
        pass
    elif any(each.is_lost for each in invoices):
        with suppress(NotThere):  # it has just ended by itself
            there.end_now(member.ref, key=f"lost-{member.ref}")
    elif any(each.is_disputed for each in invoices):
        if member.held_at is None and state.is_paused:
            pass  # by its reader: nothing is charged, and it is theirs to end
        else:
            _hold(member, there, at=now)
    elif member.held_at is not None:
        there.go_on(member.ref, key=_key("release", member))
        Membership.objects.filter(pk=member.pk).update(held_at=None)
    follow_membership(ref=member.ref, at=timezone.now())


def _has_to_wait(member: Membership) -> bool:
    """Its own reader's pause is as good; once that is over, the dispute holds it."""
    return member.held_at is None and not member.is_paused


def _hold(member: Membership, there: Provider, *, at: datetime) -> None:
    if member.held_at is None:
        member.held_at = at
        member.save(update_fields=["held_at"])
    there.pause(member.ref, until=None, key=_key("hold", member))


def _key(action: str, member: Membership) -> str:
    held_at = member.held_at.timestamp() if member.held_at else 0
    return f"{action}-{member.ref}-{held_at:.6f}"
