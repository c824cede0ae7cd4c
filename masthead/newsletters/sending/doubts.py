"""Rows that nobody knows about, and how they come to be known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When

from masthead.mail.models import State
from masthead.mail.verp import read_token
from masthead.newsletters.models import Delivery, Edition
from masthead.newsletters.sending.leases import Lease
from masthead.newsletters.sending.postfix_log import NEAR, Evidence

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

    That it never was needs proof (see `postfix_log`), by that row's own lines or by what else of
    this edition was taken over about then. Without it the row stays in doubt.
    """
    names = {_row_of(message_id): queue for message_id, queue in evidence.accepted.items()}
    ends = {
        _row_of(m): None if queues else evidence.cut_off.get(m)
        for m, queues in evidence.named.items()
    }
    found = Resolved()
    doubts = Delivery.objects.filter(edition=edition, state=State.IN_DOUBT).order_by("pk")
    for delivery in doubts.iterator(chunk_size=500):
        queue_id = names.get(delivery.pk)
        if queue_id is None and not _is_proved(evidence, delivery, ends):
            found.unknown.append(delivery.pk)
            continue
        sent = queue_id is not None
        if settle_doubt(delivery, sent=sent, at=at, queue_id=queue_id or ""):
            (found.accepted if sent else found.to_send).append(delivery.pk)
            told(delivery, sent)
    return found


def _is_proved(evidence: Evidence, delivery: Delivery, ends: Mapping[int, datetime | None]) -> bool:
    """That it was never taken over. ends: of rows that the log names, when they were cut off."""
    at = delivery.given_at or delivery.claimed_at
    if at is None or not evidence.covers(at):
        return False
    if delivery.pk in ends:
        cut_at = ends[delivery.pk]
        return cut_at is not None and cut_at >= at  # not at an earlier try
    about_then = Delivery.objects.filter(
        edition=delivery.edition_id,
        state=State.ACCEPTED,
        accepted_at__range=(at - NEAR, at + NEAR),
    ).exclude(queue_id="")
    rows = about_then.order_by("pk").values_list("queue_id", "accepted_at")
    return evidence.is_whole(at, {queue: when for queue, when in rows if when is not None})


def _row_of(message_id: str) -> int:
    """Of a Message-ID of ours; 0 for any other."""
    ledger, _, row = read_token(message_id.partition("@")[0]).partition(":")
    return int(row) if ledger == "d" else 0
