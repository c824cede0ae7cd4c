"""
The keeper: follows the log of changes and keeps the shelf as the newsroom left it.

One on each machine, in the worker. What changed is marked stale in one step and printed anew, the
busiest pages first; readers get the old page meanwhile.
"""

import fcntl
import logging
import os
import threading
import time
from collections import deque
from typing import IO

from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from masthead.changes.keys import whose
from masthead.changes.models import Change
from masthead.changes.queries import changes_after, newest_number
from masthead.press.actions import Outcome, forget_address, print_anew
from masthead.press.chores import all_chores
from masthead.press.edition import edition
from masthead.press.following import follow
from masthead.press.learning import learn_addresses
from masthead.press.listening import Listener
from masthead.press.outer.telling import Telling
from masthead.press.shelf import Shelf
from masthead.press.shelf.addresses import NOT_FOUND, PAGE
from masthead.press.shelf.changes import Place
from masthead.press.shelf.keeping import Stale
from masthead.press.telling import doubt_classes
from masthead.press.variants import PUBLIC

log = logging.getLogger(__name__)
PRINTS_BETWEEN_LOOKS = 4
PACKED_BETWEEN_LOOKS = 8
STALE_AT_ONCE = 64  # more than a release touches
FILL_AT_ONCE = 20
FILL_AGAIN_SECONDS = 30
EXPIRE_SECONDS = 0.5
EVICT_SECONDS = 60
SWEEP_SECONDS = 3600
AGAIN_SECONDS = 60  # a page that could not be printed
PAUSE_AFTER_FAILURE = 1.0
# When releases follow one another as quickly as that, pages that nobody has ever read wait for a
# pause: of the thirty that a release touches, readers know a handful.
MANY_RELEASES, WITHIN_SECONDS = 3, 5.0
UNREAD_WAIT_SECONDS = 30.0


class Keeper:
    """shelf: this machine's. fill: whether pages nobody asked for are printed too."""

    def __init__(self, shelf: Shelf, *, fill: bool = True) -> None:
        self.shelf = shelf
        self.fill = fill
        self.listener = Listener()
        self.outer = Telling(shelf)
        self.wanted: list[Place] = []
        self.failed: dict[Place, float] = {}
        self._expired = self._evicted = self._swept = self._whole_until = 0.0
        self._done: dict[str, float] = {}  # chores, and when
        self._filled: dict[str, str] = {}
        self._followed: deque[float] = deque(maxlen=MANY_RELEASES)

    def run(self, stop: threading.Event) -> None:
        """Until told to stop. A database that is away is waited for; readers notice nothing."""
        lock = self._become_the_only_one(stop)
        if lock is None:
            return
        with lock:
            is_ready = False
            while not stop.is_set():
                try:
                    if not is_ready:
                        self.prepare()
                        is_ready = True
                    if not self.turn():
                        self.listener.wait(stop)
                except DatabaseError as error:
                    log.warning("The shelf cannot be brought up to date: %s", error)
                    self._rest(stop)
                except Exception:
                    # A full disk, a busy ledger. Had this thread ended, readers would have
                    # yesterday's pages and nobody would know.
                    log.exception("The shelf cannot be brought up to date.")
                    self._rest(stop)
            self.listener.close()

    def _rest(self, stop: threading.Event) -> None:
        stop.wait(PAUSE_AFTER_FAILURE)
        close_old_connections()

    def catch_up(self) -> None:
        """Everything there is to do now, then no more."""
        self.prepare()
        self._whole_until = 0.0
        while self.turn():
            self._followed.clear()

    def print_fronts(self) -> None:
        """Before anybody serves: the first reader need not wait for the program to start."""
        self.prepare()
        for host, table in self.shelf.hosts().tables.items():
            for front in {"/", *table.outlets}:
                address = self.shelf.address(host, front)
                if address is not None and address.kind == PAGE:
                    self._print(host, front, PUBLIC.name)

    def turn(self) -> bool:
        """One round of work. False when there was nothing to do."""
        followed = self.follow()
        self.keep_time()
        if followed or self.print_wanted() or self.print_stale():
            self.outer.working()
            return True
        if self._is_hurried():
            self.outer.working()
        else:
            self.outer.caught_up()
        if self.shelf.pack_some(most=PACKED_BETWEEN_LOOKS) or self.print_missing():
            return True
        self.tidy()
        return False

    def prepare(self) -> None:
        """What a start has to mend: half-done work, a new edition of the program, addresses."""
        self.shelf.sweep()
        self._swept = time.monotonic()
        if newest_number() < self.shelf.applied():
            # An older database has come back: what is printed may never have happened in it.
            self.shelf.start_over()
            doubt_classes(self.shelf, at=timezone.now())
            self.outer.start_over()
        if self.shelf.edition() != edition():
            self.shelf.doubt_everything(time.time())
            learn_addresses(self.shelf)
            self.shelf.set_edition(edition())

    def follow(self) -> list[Change]:
        """Apply what the log says since, also what others on this machine began to."""
        after = self.shelf.learned()
        changes = changes_after(after)
        if not changes:
            return changes
        if changes[0].number != after + 1:  # away for longer than the log is kept
            learn_addresses(self.shelf)
            doubt_classes(self.shelf, at=timezone.now())
        followed = follow(self.shelf, changes, outer=self.outer, fully=True)
        new = ((*page, PUBLIC.name) for page in followed.pages)
        self.wanted += [place for place in new if self.shelf.state(*place) is None]
        self.wanted += followed.taken
        if followed.outlets or any(change.gone for change in changes):
            self._whole_until = 0.0
        # Killed before, all of it is done again.
        self.shelf.set_learned(changes[-1].number)
        if any(not whose(key) for change in changes for key in (*change.keys, *change.gone)):
            self._followed.append(time.monotonic())
        return changes

    def print_wanted(self) -> bool:
        """A few of those that readers find nothing of: new ones, and what was taken off."""
        few, self.wanted = self.wanted[:PRINTS_BETWEEN_LOOKS], self.wanted[PRINTS_BETWEEN_LOOKS:]
        for place in few:
            if self.shelf.state(*place) is None:
                self._print(*place)
        return bool(few)

    def print_stale(self) -> bool:
        """The busiest few, then another look at the log."""
        now = time.monotonic()
        self.failed = {place: until for place, until in self.failed.items() if until > now}
        found = self.shelf.stale(most=STALE_AT_ONCE + len(self.failed))
        found.sort(key=_by_readers)
        if self._is_hurried():
            long_ago = time.time() - UNREAD_WAIT_SECONDS
            found = [page for page in found if page.uses or page.since < long_ago]
        places = [(each.host, each.target, each.variant) for each in found]
        due = [place for place in places if place not in self.failed]
        for place in due[:PRINTS_BETWEEN_LOOKS]:
            self._print(*place)
        return bool(due)

    def _is_hurried(self) -> bool:
        # What others serve for us, a cache in front or nginx from the mirror, is not counted here.
        if self.outer.names or self.shelf.mirror.is_on or len(self._followed) < MANY_RELEASES:
            return False
        return time.monotonic() - self._followed[0] < WITHIN_SECONDS

    def print_missing(self) -> bool:
        """Pages that nobody asked for yet, so that every one is there when the program is not."""
        # To find that none is missing costs a look at every address.
        if not self.fill or time.monotonic() < self._whole_until or self.shelf.is_full():
            return False
        for host, table in self.shelf.hosts().tables.items():
            if self._print_not_found(host, table.not_found()):
                return True
            after = self._filled.get(host, "")
            paths = self.shelf.missing(host, PUBLIC.name, FILL_AT_ONCE, after=after)
            for path in paths:
                if (host, path, PUBLIC.name) not in self.failed:
                    self._print(host, path, PUBLIC.name)
            self._filled[host] = paths[-1] if paths else ""
            if paths:
                return True
        self._whole_until = time.monotonic() + FILL_AGAIN_SECONDS
        self.shelf.mend_mirror()  # what a full disk or a killed print left unwritten
        return False

    def _print_not_found(self, host: str, targets: list[str]) -> bool:
        places = [(host, target, PUBLIC.name) for target in targets]
        due = [
            place
            for place in places
            if place not in self.failed and self.shelf.state(*place) is None
        ]
        for place in due:
            self._print(*place)
            if self.shelf.state(*place) is None:
                self.failed[place] = time.monotonic() + AGAIN_SECONDS
        return bool(due)

    def tidy(self) -> None:
        """When there is nothing else to do: what killed prints of other processes left behind."""
        now = time.monotonic()
        if now - self._swept >= SWEEP_SECONDS:
            self._swept = now
            self.shelf.sweep()

    def _print(self, host: str, target: str, variant: str) -> None:
        """A page that cannot be printed keeps its old print and is tried again later."""
        place = (host, target, variant)
        try:
            outcome = print_anew(shelf=self.shelf, host=host, target=target, variant=variant)
        except DatabaseError:
            raise
        except Exception:
            self.failed[place] = time.monotonic() + AGAIN_SECONDS
            log.exception("A page could not be printed: %s%s", host, target)
        else:
            if outcome is Outcome.NOT_FOR_SHELF and variant == PUBLIC.name:
                forget_address(shelf=self.shelf, host=host, target=target)

    def keep_time(self) -> None:
        now = time.time()
        if now - self._expired >= EXPIRE_SECONDS:
            self._expired = now
            self.shelf.expire(now)
        if now - self._evicted >= EVICT_SECONDS:
            self._evicted = now
            self.shelf.evict()
        self._do_chores(now)

    def _do_chores(self, now: float) -> None:
        """One that fails is tried again when it is due again; pages do not wait for it."""
        for chore in all_chores():
            if now - self._done.get(chore.name, 0.0) < chore.seconds:
                continue
            self._done[chore.name] = now
            try:
                chore.do(self.shelf)
            except DatabaseError:
                raise
            except Exception:
                log.exception("A chore could not be done: %s", chore.name)

    def _become_the_only_one(self, stop: threading.Event) -> IO[bytes] | None:
        """Two workers on one machine: the second waits until the first is gone."""
        lock = (self.shelf.folder / "keeper.lock").open("ab")
        os.set_inheritable(lock.fileno(), False)
        while not stop.is_set():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                stop.wait(1)
            else:
                return lock
        lock.close()
        return None


def _by_readers(page: Stale) -> tuple[int, float, bool, int, int]:
    """The most read first; where nobody has counted yet, what is nearest to the front."""
    target = page.target
    depth = target.count("/")
    return (-page.uses, page.since, target.startswith(NOT_FOUND), depth, len(target))
