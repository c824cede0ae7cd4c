"""Rows that nobody knows about, and how they come to be known."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When

from masthead.mail.models import State
from masthead.mail.verp import read_token
from masthead.newsletters.models import Delivery, Edition
from masthead.newsletters.sending.leases import Lease
from masthead.newsletters.sending.postfix_log import Evidence

LEFT_BEHIND = "The sender stopped before the mail server had answered."


def take_stock(lease: Lease) -> int:
    """
    After taking a lease: what the sender before left claimed. Answers how many are in doubt.

    What was claimed and not given waits again. What was given may have been accepted, and stays
    as it is until somebody knows. After a power cut that is all that was claimed, because the
    last marks may be lost.
    """
    with transaction.atomic():
        claimed = Delivery.objects.filter(edition=lease.edition_id, state=State.CLAIMED)
        claimed = claimed.exclude(fence=lease.fence)
        safe = claimed.none() if lease.after_power_cut else claimed.filter(given_at=None)
        before = Case(
            When(attempts=0, then=Value(State.PENDING.value)), default=Value(State.DEFERRED.value)
        )
        safe.update(state=before)
        return claimed.update(state=State.IN_DOUBT, attempts=F("attempts") + 1, answer=LEFT_BEHIND)


@dataclass
class Resolved:
    accepted: list[int] = field(default_factory=list)
    to_send: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def settle_doubt(delivery: Delivery, *, sent: bool, at: datetime, queue_id: str = "") -> bool:
    """
    sent: it was accepted; else it waits to be sent again. Answers False when it is in doubt no
    more, because somebody else said so first.
    """
    doubtful = Delivery.objects.filter(pk=delivery.pk, state=State.IN_DOUBT)
    values: dict[str, Any] = (
        {"state": State.ACCEPTED, "accepted_at": at, "queue_id": queue_id, "answer": ""}
        if sent
        else {"state": State.DEFERRED, "due_at": at, "given_at": None, "answer": ""}
    )
    return bool(doubtful.update(**values))


def resolve_by_log(
    edition: Edition,
    evidence: Evidence,
    *,
    at: datetime,
    told: Callable[[Delivery, bool], None] = lambda delivery, sent: None,
) -> Resolved:
    """
    Each row in doubt by what the mail server's own log says: taken over, or never.

    A log that does not reach from before a row was given to well after it says nothing about it.
    """
    names = {_row_of(message_id): queue for message_id, queue in evidence.accepted.items()}
    found = Resolved()
    doubts = Delivery.objects.filter(edition=edition, state=State.IN_DOUBT).order_by("pk")
    for delivery in doubts.iterator(chunk_size=500):
        queue_id = names.get(delivery.pk)
        if queue_id is None and not evidence.covers(delivery.given_at or delivery.claimed_at):
            found.unknown.append(delivery.pk)
            continue
        sent = queue_id is not None
        if settle_doubt(delivery, sent=sent, at=at, queue_id=queue_id or ""):
            (found.accepted if sent else found.to_send).append(delivery.pk)
            told(delivery, sent)
    return found


def _row_of(message_id: str) -> int:
    """Of a Message-ID of ours; 0 for any other."""
    ledger, _, row = read_token(message_id.partition("@")[0]).partition(":")
    return int(row) if ledger == "d" else 0
