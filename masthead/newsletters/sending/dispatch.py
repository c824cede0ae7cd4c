"""What is due goes out: a thread of each worker looks, and one of them has an edition's lease."""

import logging
import os
import threading
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from masthead.jobs.waiting import Outage
from masthead.mail.models import OVER, State
from masthead.mail.transport.choosing import transport
from masthead.newsletters.models import Delivery, Edition, EditionState
from masthead.newsletters.sending.claims import WAITING, Claims
from masthead.newsletters.sending.doubts import take_stock
from masthead.newsletters.sending.freezing import freeze
from masthead.newsletters.sending.home import check_home
from masthead.newsletters.sending.leases import (
    Lease,
    held,
    keep_lease,
    leave_lease,
    take_lease,
    under_way,
)
from masthead.newsletters.sending.marks import Book
from masthead.newsletters.sending.messages import Messages
from masthead.newsletters.sending.pacing import Allowances
from masthead.newsletters.sending.printed import copies_of
from masthead.newsletters.sending.sender import Sender
from masthead.newsletters.sending.troubles import LeaseLost, Outdated, Trouble
from masthead.outlets.queries import get_sheet

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 1.0
# An evening edition at breakfast is worse than none: a person decides.
TOO_LATE = timedelta(hours=1)
OUTAGE = timedelta(hours=3)  # of the mail server, after which a person is asked
NICENESS = 15  # sending gives way to readers and editors on the same machine


def dispatch_until(stop: threading.Event) -> None:
    """For a thread of its own."""
    with suppress(OSError, AttributeError):
        thread = threading.get_native_id()
        before = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, max(before, NICENESS))
    outage = Outage(stop)
    try:
        while not stop.is_set():
            with outage.survived():
                dispatch_due(stop=stop)
            stop.wait(LOOK_EVERY_SECONDS)
    finally:
        connection.close()


def dispatch_due(*, stop: threading.Event | None = None) -> int:
    """Everything that can go out now; answers how many editions were worked on."""
    ending = stop or threading.Event()
    worked = 0
    for edition_id in due_editions(at=timezone.now()):
        if not ending.is_set():
            worked += dispatch(edition_id, stop=ending)
    return worked


def due_editions(*, at: datetime) -> list[int]:
    scheduled = Q(state=EditionState.SCHEDULED, due_at__lte=at)
    free = under_way() & (Q(lease_until=None) | Q(lease_until__lte=at))
    rows = Edition.objects.filter(scheduled | free).order_by("due_at", "pk")
    return list(rows.values_list("pk", flat=True))


def dispatch(edition_id: int, *, stop: threading.Event) -> bool:
    """False when it is another's, or not to go out now."""
    _begin(edition_id, at=timezone.now())
    lease = take_lease(edition_id, at=timezone.now())
    if lease is None:
        return False
    try:
        check_home(at=timezone.now())
        take_stock(lease)
        edition = Edition.objects.select_related("newsletter").get(pk=edition_id)
        if edition.state == EditionState.FREEZING:
            _freeze(edition, lease)
        if edition.state != EditionState.STOPPED:
            _send_as_it_may_be_read(edition, lease, stop)
        _end(lease, at=timezone.now())
    except LeaseLost:
        log.info("Edition %s is no longer this sender's.", edition_id)
        leave_lease(lease)
    except Trouble as trouble:
        _hold(lease, str(trouble))
    return True


def _begin(edition_id: int, *, at: datetime) -> None:
    due = Edition.objects.filter(pk=edition_id, state=EditionState.SCHEDULED, due_at__lte=at)
    minutes = int(TOO_LATE / timedelta(minutes=1))
    due.filter(due_at__lt=at - TOO_LATE).update(
        state=EditionState.HELD,
        trouble=gettext("Its hour was more than %(minutes)s minutes ago when sending could begin.")
        % {"minutes": minutes},
    )
    due.update(state=EditionState.FREEZING, lease_by="", lease_until=None)


def _freeze(edition: Edition, lease: Lease) -> None:
    copies = copies_of(edition, at=timezone.now())
    keep_lease(lease, at=timezone.now())
    counts = freeze(edition, copies, at=timezone.now(), lease=lease)
    log.info("Edition %s is frozen: %s", edition.pk, counts)
    keep_lease(lease, at=timezone.now())
    edition.refresh_from_db()


def _send_as_it_may_be_read(edition: Edition, lease: Lease, stop: threading.Event) -> None:
    """
    An article that is withdrawn meanwhile stops it; the copies are printed anew without, and it
    goes on. Whoever was sent the former ones keeps them. A sender that is killed in between leaves
    the former copies or the new ones standing, and the next one looks again at its first claim.
    """
    while True:
        try:
            _send(edition, lease, stop)
        except Outdated:
            keep_lease(lease, at=timezone.now())
            copies_of(edition, at=timezone.now())
            log.info("Edition %s is printed anew: something in it was withdrawn.", edition.pk)
        else:
            return


def _send(edition: Edition, lease: Lease, stop: threading.Event) -> None:
    sender = Sender(
        lease,
        claims=Claims(lease, edition.newsletter_id, Allowances()),
        book=Book(lease, edition.frozen_at or timezone.now()),
        messages=Messages(edition.pk, get_sheet(outlet_id=edition.newsletter.outlet_id)),
        transport=transport(),
        stop=stop,
        others_wait=lambda: len(due_editions(at=timezone.now())) > 0,
    )
    sender.run()
    keep_lease(lease, at=timezone.now(), a_second=sender.a_second(), trouble=sender.trouble)
    if sender.trouble and _last_accepted(edition) < timezone.now() - OUTAGE:
        raise Trouble(
            gettext("The mail server has taken nothing for hours: %(answer)s")
            % {"answer": sender.trouble}
        )


def _last_accepted(edition: Edition) -> datetime:
    accepted = Delivery.objects.filter(edition=edition, state=State.ACCEPTED)
    last = accepted.order_by("-accepted_at").values_list("accepted_at", flat=True).first()
    return last or edition.frozen_at or edition.made_at


def _end(lease: Lease, *, at: datetime) -> None:
    """Over when every row is; else the edition sleeps until a row is due."""
    rows = Delivery.objects.filter(edition=lease.edition_id)
    stopped = Edition.objects.filter(pk=lease.edition_id, state=EditionState.STOPPED).exists()
    if stopped:
        rows.filter(state__in=WAITING).update(state=State.SUPPRESSED)
    if not rows.exclude(state__in=OVER).exists():
        state = EditionState.STOPPED if stopped else EditionState.SENT
        held(lease).update(state=state, finished_at=at, lease_by="", lease_until=None, trouble="")
        return
    waiting = rows.filter(state__in=WAITING).order_by("due_at", "pk")
    due = waiting.values_list("due_at", flat=True).first()
    if due is None:  # only doubts are left, and resolving them wakes it
        leave_lease(lease, until=at + timedelta(days=1))
    elif due <= at:
        leave_lease(lease, until=Allowances().opens_at(at=at))
    else:
        leave_lease(lease, until=due)


def _hold(lease: Lease, why: str) -> None:
    log.warning("Edition %s waits for a person: %s", lease.edition_id, why)
    mine = held(lease)
    values = {"trouble": why[:500], "lease_by": "", "lease_until": None}
    mine.filter(state=EditionState.FREEZING, frozen_at=None).update(
        state=EditionState.HELD, **values
    )
    mine.filter(state__in=[EditionState.FREEZING, EditionState.SENDING]).update(
        state=EditionState.PAUSED, **values
    )
