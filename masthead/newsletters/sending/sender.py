"""
Sending one edition: claim, offer, mark, give, mark, from one thread over several lines.

Nothing is given that was not marked in a commit before, and nothing that was marked given is ever
given again: a process killed anywhere leaves at most one row a line that nobody knows about.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from masthead.mail.transport import Fate, Mail, Outcome, Transport
from masthead.mail.transport.crews import Crew, Event, crew_of
from masthead.newsletters.sending.claims import Claim, Claims
from masthead.newsletters.sending.leases import LEASE, Lease, keep_lease
from masthead.newsletters.sending.lines import Lines
from masthead.newsletters.sending.marks import Book, Marks
from masthead.newsletters.sending.messages import Messages
from masthead.newsletters.sending.rates import Meter
from masthead.newsletters.sending.syncing import marks_unsynced
from masthead.newsletters.sending.troubles import LeaseLost, Trouble
from masthead.newsletters.splicing import CannotSplice

log = logging.getLogger(__name__)

GROUP = 40  # rows claimed for each line
LINES = 8
# Whoever leaves is out within a second, so no row is held longer without a second look.
FRESH = timedelta(seconds=0.5)
DRAIN_SECONDS = 20.0
TICK_SECONDS = 0.5
REFUSED_IN_A_ROW = 50
# No edition has the lines to itself for longer while another one is due.
SLICE = timedelta(seconds=30)


class Sender:
    """One edition's, until there is nothing to do just now, or it is told to stop."""

    def __init__(
        self,
        lease: Lease,
        *,
        claims: Claims,
        book: Book,
        messages: Messages,
        transport: Transport,
        stop: threading.Event,
        others_wait: Callable[[], bool] = lambda: False,
    ) -> None:
        self.lease, self.claims, self.book, self.messages = lease, claims, book, messages
        self.stop = stop
        self.others_wait = others_wait
        self.crew: Crew = crew_of(transport, lines=LINES)
        self.lines = Lines(self.crew.lines)
        self.meter = Meter()
        self.queue: deque[Claim] = deque()
        self.prepared: deque[tuple[Claim, Mail]] = deque()
        self.trouble = ""
        self._refused = 0
        self._kept_at = self._began_at = timezone.now()
        self._is_enough = False
        self._dry_until = 0.0

    def run(self) -> None:
        """
        Ends when nothing is due. Raises LeaseLost when the edition is no longer ours to send, and
        Trouble when the server refuses everybody; either way nothing is left claimed but what was
        given without an answer, and that is in doubt.
        """
        with marks_unsynced():
            try:
                while not self._is_over() and (self._fill() or self.lines.any_busy()):
                    self._turn()
                self._drain()
            except (LeaseLost, Trouble):
                self._drain()
                raise
            finally:
                self._hang_up()

    def _is_over(self) -> bool:
        return self.stop.is_set() or self._is_enough

    def _fill(self) -> bool:
        """Offer a row on each line that has nothing in hand; whether there is anything to do."""
        free = self.lines.free(time.monotonic())
        for line in free:
            mail = self._next_mail()
            if mail is None:
                return False
            self.lines.offered(line, *mail)
            self.crew.offer(line, mail[1])
        return True

    def _next_mail(self) -> tuple[Claim, Mail] | None:
        while True:
            if not self.prepared:
                self._prepare(1)
            if not self.prepared:
                return None
            claim, mail = self.prepared.popleft()
            now = timezone.now()
            if now - claim.claimed_at <= FRESH:
                return claim, mail
            self.claims.release([claim, *self._in_stock()], at=now)
            self._clear_stock()

    def _prepare(self, number: int) -> None:
        """So many mails at hand, if as many are due."""
        while len(self.prepared) < number:
            if not self.queue:
                self._claim()
            if not self.queue:
                return
            claim = self.queue.popleft()
            try:
                self.prepared.append((claim, self.messages.mail(claim)))
            except CannotSplice as error:
                never = Outcome(Fate.REFUSED, answer=str(error)[:300])
                self.book.write_over([(claim, never)], at=timezone.now())

    def _in_stock(self) -> list[Claim]:
        return [*(claim for claim, _ in self.prepared), *self.queue]

    def _clear_stock(self) -> None:
        self.prepared.clear()
        self.queue.clear()

    def _claim(self) -> None:
        """As many as will be gone in half a second, by the rate so far."""
        if time.monotonic() < self._dry_until:
            return
        lines = self.crew.lines
        soon = int(self.meter.a_second(time.monotonic()) * FRESH.total_seconds() / 2)
        most = max(lines, min(GROUP * lines, soon))
        self.queue.extend(self.claims.claim(most, at=timezone.now()))
        if not self.queue:
            self._dry_until = time.monotonic() + TICK_SECONDS

    def _turn(self) -> None:
        """
        What happened on the lines, one commit, and the messages that may then be given; the next
        ones are prepared while the server is busy with these.
        """
        self._settle(self.crew.wait(TICK_SECONDS))
        if not self._is_over():
            self._prepare(self.crew.lines)
        now = timezone.now()
        if now - self._kept_at > LEASE / 3:
            self._kept_at = now
            keep_lease(self.lease, at=now, a_second=self.a_second(), trouble=self.trouble)
            self._is_enough = now - self._began_at > SLICE and self.others_wait()

    def a_second(self) -> float | None:
        return self.meter.a_second(time.monotonic()) or None

    def _settle(self, events: list[Event]) -> None:
        marks, ready, over = Marks(), [], []
        for event in events:
            if event.outcome is None:
                ready.append(event.line)
            else:
                over.append((event, self.lines.over(event.line, event.mail)))
        now = timezone.now()
        marks.over = [(claim, event.outcome) for event, claim in over if event.outcome]
        try:
            following = self._write(marks, ready, now)
        except LeaseLost:
            self.book.write_over(marks.over, at=now)
            raise
        unfit = {claim.id for claim in marks.withdrawn}
        for line in ready:
            if self.lines.next_on(line).id in unfit:
                self.lines.take_offered(line)
                self.crew.drop(line)
            else:
                self._give(line, following.popleft() if following else None)
        self.prepared.extendleft(reversed(following))
        self._learn([(event.line, event.outcome) for event, _ in over if event.outcome])

    def _write(self, marks: Marks, ready: list[int], now: datetime) -> deque[tuple[Claim, Mail]]:
        """
        The marks, and what is to be offered next on the lines that are ready.

        All that can fail comes before the commit: between it and the giving nothing may, or rows
        that nobody was given would be in doubt.
        """
        offered = [self.lines.next_on(line) for line in ready]
        unfit = self._left_meanwhile(offered, now)
        marks.withdrawn = [claim for claim in offered if claim.id in unfit]
        marks.given = [claim for claim in offered if claim.id not in unfit]
        following: deque[tuple[Claim, Mail]] = deque()
        try:
            while len(following) < len(marks.given) and not self._is_over():
                prepared = self._next_mail()
                if prepared is None:
                    break
                following.append(prepared)
            self.book.write(marks, at=now)
        except LeaseLost:
            self.prepared.extendleft(reversed(following))
            raise
        return following

    def _left_meanwhile(self, claims: list[Claim], now: datetime) -> set[int]:
        old = [claim.id for claim in claims if now - claim.claimed_at > FRESH]
        return self.claims.unfit_now(old) if old else set()

    def _give(self, line: int, following: tuple[Claim, Mail] | None) -> None:
        self.lines.given(line)
        if following is not None:
            self.lines.offered(line, *following)
        self.crew.give(line, then=following[1] if following else None)

    def _learn(self, outcomes: list[tuple[int, Outcome]]) -> None:
        for line, outcome in outcomes:
            if outcome.fate is Fate.ACCEPTED:
                self.meter.count(time.monotonic())
                self._refused, self.trouble = 0, ""
            elif outcome.fate is Fate.REFUSED:
                self._refused += 1
            if outcome.whole:
                self.trouble = outcome.answer
                self.lines.failed(line, time.monotonic())
            else:
                self.lines.worked(line)
            if self._refused >= REFUSED_IN_A_ROW:
                raise Trouble(f"The mail server refuses one after the other: {outcome.answer}")

    def _drain(self) -> None:
        """Wait for answers to what was given; nothing more is given."""
        until = time.monotonic() + DRAIN_SECONDS
        for line in self.lines.numbers():
            if not self.lines.is_given(line):
                self._let_go(line)
        while self.lines.any_given() and time.monotonic() < until:
            over = []
            for event in self.crew.wait(TICK_SECONDS):
                if event.outcome is None:
                    self._let_go(event.line)
                else:
                    over.append((self.lines.over(event.line, event.mail), event.outcome))
            self.book.write_over(over, at=timezone.now())

    def _let_go(self, line: int) -> None:
        """A row that was offered and not given waits again; the server is hung up on."""
        claim = self.lines.take_offered(line)
        if claim is not None:
            self.queue.append(claim)
            self.crew.drop(line)

    def _hang_up(self) -> None:
        self.crew.close()
        now = timezone.now()
        silent = Outcome(Fate.IN_DOUBT, answer="No answer when the sender ended.")
        self.book.write_over([(claim, silent) for claim in self.lines.all_given()], at=now)
        waiting = [*self._in_stock(), *self.lines.all_offered()]
        self._clear_stock()
        self.claims.release(waiting, at=now)
