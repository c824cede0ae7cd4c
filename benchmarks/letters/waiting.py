"""Waiting for what senders do, by the ledger and by the mail server's log."""

import os
import time
from contextlib import suppress

from benchmarks.letters.senders import Child
from benchmarks.letters.sinks import RunningSink
from masthead.mail.models import State
from masthead.newsletters.models import Delivery, Edition, EditionState

PATIENCE_SECONDS = 90.0
WAITING = (State.PENDING, State.DEFERRED, State.CLAIMED)


def wait_for_mail(sink: RunningSink) -> None:
    """So that what is killed is sending; the first lines of its life are at the named points."""
    taken, until = sink.log.stat().st_size, time.monotonic() + 1
    while sink.log.stat().st_size == taken and time.monotonic() < until:
        time.sleep(0.002)


def whoever_sends(children: list[Child]) -> Child | None:
    """The one that has just begun; None after a while without."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        for child in children:
            with suppress(BlockingIOError):
                if os.read(child.told, 4096):
                    return child
        time.sleep(0.005)
    return None


def wait_until_taken(edition: Edition) -> None:
    """By a sender, whatever became of it since."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not edition.fence and time.monotonic() < until:
        time.sleep(0.002)
        edition.refresh_from_db()


def left(edition: Edition) -> int:
    return Delivery.objects.filter(edition=edition, state__in=WAITING).count()


def is_waiting(edition: Edition) -> bool:
    edition.refresh_from_db()
    return edition.state == EditionState.FREEZING or left(edition) > 0


def doubts(edition: Edition) -> int:
    return Delivery.objects.filter(edition=edition, state=State.IN_DOUBT).count()


def wait_until_stock_is_taken(edition: Edition) -> None:
    """By the next sender; what the killed one had given is in doubt from then on."""
    fence = edition.fence
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        edition.refresh_from_db()
        dead = Delivery.objects.filter(edition=edition, state=State.CLAIMED)
        if edition.finished_at or (edition.fence > fence and not dead.filter(fence__lte=fence)):
            return
        if not is_waiting(edition):
            return
        time.sleep(0.01)


def wait_until_nothing_waits(edition: Edition) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while is_waiting(edition):
        if time.monotonic() > until:
            raise RuntimeError(f"{left(edition)} mails of edition {edition.pk} are left.")
        time.sleep(0.02)
