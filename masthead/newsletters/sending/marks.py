"""What is about to be given and what became of it, for all lines in one commit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from masthead.mail.models import State
from masthead.mail.transport import Fate, Outcome
from masthead.newsletters.sending.claims import Claim
from masthead.newsletters.sending.leases import Lease, insist
from masthead.newsletters.sending.syncing import Statements, marking

# After the first try, the second, …: minutes at first, for greylisting; hours later.
WAITS = [timedelta(minutes=minutes) for minutes in (2, 5, 10, 20, 40, 60, 120, 240)]
GIVE_UP_AFTER = timedelta(hours=24)
# A server that takes nothing is asked again with the same mail soon, then as if it were the mail's
# own fault.
WHOLE_WAITS = [timedelta(seconds=seconds) for seconds in (5, 15, 60)]


@dataclass
class Marks:
    """To be written down in the next commit."""

    given: list[Claim] = field(default_factory=list)
    over: list[tuple[Claim, Outcome]] = field(default_factory=list)
    withdrawn: list[Claim] = field(default_factory=list)  # claimed, and has left meanwhile

    @property
    def is_empty(self) -> bool:
        return not (self.given or self.over or self.withdrawn)


class Book:
    """The ledger in one sender's hands."""

    def __init__(self, lease: Lease, frozen_at: datetime) -> None:
        self.lease = lease
        self.give_up_at = frozen_at + GIVE_UP_AFTER
        self._whole: dict[int, int] = {}  # how often a server took nothing, by row

    def write(self, marks: Marks, *, at: datetime) -> None:
        """
        One transaction. Raises LeaseLost, and then nothing of `given` may be given; what became
        of others is then written down by `write_over`.
        """
        with marking() as statements:
            insist(self.lease, statements)
            self._over(statements, marks.over, at)
            self._withdraw(statements, marks.withdrawn)
            self._give(statements, marks.given, at)

    def write_over(self, over: Sequence[tuple[Claim, Outcome]], *, at: datetime) -> None:
        """Also for a paused or stopped edition; under a newer fence it changes nothing."""
        if over:
            with marking() as statements:
                self._over(statements, over, at)

    def _give(self, statements: Statements, claims: Sequence[Claim], at: datetime) -> None:
        if claims:
            statements.execute(
                f"{_GIVEN} AND id IN ({_places(claims)})",
                [_moment(at), self.lease.fence, *(claim.id for claim in claims)],
            )
            if statements.rowcount != len(claims):
                raise RuntimeError("Rows that were claimed are no longer ours.")

    def _withdraw(self, statements: Statements, claims: Sequence[Claim]) -> None:
        if claims:
            statements.execute(
                f"{_WITHDRAWN} AND id IN ({_places(claims)})",
                [self.lease.fence, *(claim.id for claim in claims)],
            )

    def _over(
        self, statements: Statements, over: Sequence[tuple[Claim, Outcome]], at: datetime
    ) -> None:
        if over:
            now = _moment(at)
            rows = [self._row(claim, outcome, at, now) for claim, outcome in over]
            statements.executemany(_UPDATE, rows)

    def _row(self, claim: Claim, outcome: Outcome, at: datetime, now: Any) -> tuple[Any, ...]:
        state, attempts, due = self._verdict(claim, outcome, at)
        accepted = state is State.ACCEPTED
        return (
            state.value,
            attempts,
            now if due is at else _moment(due),
            now if accepted else None,
            outcome.code,
            "" if accepted else outcome.answer[:300],
            outcome.queue_id[:100],
            None if state in {State.PENDING, State.DEFERRED} else now,
            claim.id,
            self.lease.fence,
        )

    def _verdict(self, claim: Claim, outcome: Outcome, at: datetime) -> tuple[State, int, datetime]:
        tries = claim.attempts + 1
        match outcome.fate:
            case Fate.ACCEPTED:
                self._whole.pop(claim.id, None)
                return State.ACCEPTED, tries, at
            case Fate.REFUSED:
                return State.FAILED, tries, at
            case Fate.IN_DOUBT:
                return State.IN_DOUBT, tries, at
        if outcome.whole:
            times = self._whole[claim.id] = self._whole.get(claim.id, 0) + 1
            if times <= len(WHOLE_WAITS):
                waiting = State.DEFERRED if claim.attempts else State.PENDING
                return waiting, claim.attempts, at + WHOLE_WAITS[times - 1]
        due = at + WAITS[min(claim.attempts, len(WAITS) - 1)]
        return (State.FAILED if due > self.give_up_at else State.DEFERRED), tries, due


_GIVEN = "UPDATE newsletters_delivery SET given_at = %s WHERE fence = %s AND state = 'claimed'"
_WITHDRAWN = (
    "UPDATE newsletters_delivery SET state = 'suppressed' WHERE fence = %s AND state = 'claimed'"
)
_UPDATE = (
    "UPDATE newsletters_delivery SET state = %s, attempts = %s, due_at = %s, accepted_at = %s,"
    " code = %s, answer = %s, queue_id = %s, given_at = %s"
    " WHERE id = %s AND fence = %s AND state = 'claimed'"
)


def _places(claims: Sequence[Claim]) -> str:
    return ", ".join(["%s"] * len(claims))


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
