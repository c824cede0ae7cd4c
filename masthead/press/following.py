"""Following the log of changes: this machine's shelf becomes what they left of it."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils import timezone

from masthead.changes.models import Change
from masthead.changes.queries import changes_after
from masthead.press.learning import learn_what_changed
from masthead.press.outer.telling import Telling
from masthead.press.own_shelf import own_shelf
from masthead.press.shelf import Gap, Purge, Shelf
from masthead.press.shelf.changes import Place
from masthead.press.shelf.opening import shelf_folder
from masthead.press.telling import doubt_classes, tell_classes

log = logging.getLogger(__name__)
# After a commit; a longer backlog is the keeper's.
MOST_AT_ONCE = 20


@dataclass
class Followed:
    """
    pages: addresses that were touched; some are new. outlets: whether whole outlets changed.
    taken: pages that were taken off just now.
    """

    pages: list[tuple[str, str]] = field(default_factory=list)
    outlets: bool = False
    taken: list[Place] = field(default_factory=list)


def follow(shelf: Shelf, changes: Sequence[Change], *, outer: Telling, fully: bool) -> Followed:
    """
    Learn the addresses, mark what is stale, take off what is gone. Prints nothing.

    Several may do so at once, and again: what is applied already stays as it is. fully: also the
    addresses of a whole archive. Otherwise raises Gap when older changes have been forgotten.
    """
    # Before they count as applied: killed in between, they are learned again.
    tell_classes(shelf, changes)
    learned = learn_what_changed(shelf, changes, fully=fully)
    applied = shelf.applied()
    fresh = [change for change in changes if change.number > applied]
    outer.before(fresh)
    taken: list[Place] = []
    for change in fresh:
        taken += _apply(shelf, change, fully=fully)
    outer.after(changes)
    return Followed(learned.pages, learned.outlets, taken)


def _apply(shelf: Shelf, change: Change, *, fully: bool) -> Sequence[Place]:
    at = change.noted_at.timestamp()
    try:
        return shelf.apply(Purge(change.number, tuple(change.keys), tuple(change.gone), at)).gone
    except Gap:
        if not fully:
            raise
        # Older ones have been forgotten: nothing on the shelf can be trusted to be new.
        shelf.apply_everything(change.number, at)
        doubt_classes(shelf, at=timezone.now())
        return ()


def follow_here() -> None:
    """
    Right after a commit of our own: readers of what is new find it, also without a worker.

    The keeper sees to the same changes once more, and prints. Nothing to do before it has made
    the shelf.
    """
    if not (shelf_folder(settings.DATA) / "ledger.db").exists() or not own_shelf().edition():
        return
    shelf = own_shelf()
    began = time.perf_counter()
    changes = changes_after(shelf.applied(), most=MOST_AT_ONCE)
    if changes:
        follow(shelf, changes, outer=_outer(), fully=False)
    log.debug("Followed %s changes in %.4f s.", len(changes), time.perf_counter() - began)


@cache
def _outer() -> Telling:
    return Telling(own_shelf())
