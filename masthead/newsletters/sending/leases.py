"""
Who sends an edition, and until when nobody else may.

A lease is a fence number on the edition: every write about its rows asks for it in the same
transaction, so a sender that was presumed dead and comes back gives nothing and changes nothing.
"""

import os
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from masthead.newsletters.models import Edition, EditionState, Unbroken
from masthead.newsletters.sending.syncing import Statements
from masthead.newsletters.sending.troubles import LeaseLost

LEASE = timedelta(seconds=30)


def under_way() -> Q:
    """Editions that a sender has something to do with; stopped ones until their sums close."""
    stopped = Q(state=EditionState.STOPPED, finished_at=None)
    return Q(state__in=[EditionState.FREEZING, EditionState.SENDING]) | stopped


@dataclass(frozen=True)
class Lease:
    """after_power_cut: the one before may have lost what it marked last."""

    edition_id: int
    fence: int
    by: str
    after_power_cut: bool


def take_lease(edition_id: int, *, at: datetime) -> Lease | None:
    """None when another sender has it, or nothing is to be done before a later moment."""
    with transaction.atomic():
        free = Q(lease_until=None) | Q(lease_until__lte=at)
        edition = (
            Edition.objects.select_for_update(of=("self",))
            .filter(free, under_way(), pk=edition_id)
            .first()
        )
        if edition is None:
            return None
        lease = Lease(edition_id, edition.fence + 1, _me(), _broke_off(edition))
        Unbroken.objects.update_or_create(edition=edition, defaults={"fence": lease.fence})
        Edition.objects.filter(pk=edition_id).update(
            fence=lease.fence, lease_by=lease.by, lease_until=at + LEASE
        )
    return lease


def keep_lease(
    lease: Lease, *, at: datetime, a_second: float | None = None, trouble: str = ""
) -> None:
    """And tell the desk how it goes. Raises LeaseLost."""
    values: dict[str, Any] = {"lease_until": at + LEASE, "trouble": trouble[:500]}
    if a_second:
        values["a_second"] = a_second
    if not held(lease).filter(under_way()).update(**values):
        raise LeaseLost


def leave_lease(lease: Lease, *, until: datetime | None = None) -> None:
    """until: nothing is to be done before; None: the next sender may come at once."""
    Edition.objects.filter(pk=lease.edition_id, fence=lease.fence).update(
        lease_by="", lease_until=until
    )


def insist(lease: Lease, statements: Statements) -> None:
    """
    In a transaction: the edition's row is ours until it ends, and it is being sent.

    Raises LeaseLost.
    """
    # By hand, because it is asked at every commit: building a query costs more than running it.
    lock = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    statements.execute(f"{_MINE}{lock}", [lease.edition_id, lease.fence])
    if statements.fetchone() is None:
        raise LeaseLost


_MINE = "SELECT 1 FROM newsletters_edition WHERE id = %s AND fence = %s AND state = 'sending'"


def held(lease: Lease) -> QuerySet[Edition]:
    return Edition.objects.filter(pk=lease.edition_id, fence=lease.fence)


def _me() -> str:
    thread = threading.get_native_id()
    return f"{_boot()}:{socket.gethostname()[:25]}:{os.getpid()}:{thread}"[:60]


def _broke_off(edition: Edition) -> bool:
    """
    Whether what the sender before marked last may be lost (claims never are). A killed process
    loses nothing; the end of the machine that keeps the database does: on SQLite this one was
    started anew since, or is another; on PostgreSQL see `Unbroken`.
    """
    if not edition.lease_by:
        return False
    if connection.vendor == "postgresql":
        return not Unbroken.objects.filter(edition=edition, fence=edition.fence).exists()
    return edition.lease_by.partition(":")[0] != _boot()


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
    except OSError:
        return "unknown"
