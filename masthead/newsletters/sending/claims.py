"""A few rows at a time are a sender's own, written down before anything is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from masthead.mail.models import State
from masthead.newsletters.models import Delivery, Subscription
from masthead.newsletters.sending.leases import Lease, insist
from masthead.newsletters.sending.pacing import Allowances
from masthead.newsletters.sending.standing import Standing
from masthead.newsletters.sending.syncing import synced

WAITING = (State.PENDING.value, State.DEFERRED.value)

AFTER_NONE = 50  # rows looked at together when all of the last few had left


@dataclass(frozen=True)
class Claim:
    """A row of the ledger, and what its message needs."""

    id: int
    address: str
    domain: str
    copy_id: int
    attempts: int
    name: str
    claimed_at: datetime


class Claims:
    """
    Claiming for one sender of one edition.

    Whoever has left the list since, is suppressed or erased is passed over and noted so: that is
    what makes leaving work for mail that is frozen already. And nothing is claimed while a copy
    shows what was withdrawn.
    """

    def __init__(self, lease: Lease, newsletter_id: int, allowances: Allowances) -> None:
        self.lease = lease
        self.newsletter_id = newsletter_id
        self.allowances = allowances
        self.copies = Standing(lease.edition_id)
        # Where the walk over domains without a pace of their own has come to, so that rows of
        # paced ones which still wait are not read again and again.
        self._after: tuple[Any, int] | None = None

    def claim(self, most: int, *, at: datetime) -> list[Claim]:
        """
        None at all when nothing is due. On the disk when it answers. Raises LeaseLost, Outdated.
        """
        while True:
            with synced() as statements:
                insist(self.lease, statements)
                self.copies.check()
                rows = self._due(most, at)
                fit, unfit = self._sorted_out(rows, at)
                self._write(unfit, State.SUPPRESSED, at)
                self._write([claim.id for claim in fit], State.CLAIMED, at)
                self._readdress(fit, {row[0]: row[3] for row in rows})
                self.allowances.use([claim.domain for claim in fit], at=at)
            if fit or not rows:
                return fit
            most = max(most, AFTER_NONE)

    def release(self, claims: Iterable[Claim], *, at: datetime) -> None:
        """Back to waiting: nothing of them was given."""
        claims = list(claims)
        if not claims:
            return
        self._after = None
        with synced():
            for state, chosen in _by_state_before(claims):
                self._mine([claim.id for claim in chosen]).update(state=state, given_at=None)
            self.allowances.give_back([claim.domain for claim in claims], at=at)

    def unfit_now(self, ids: Sequence[int]) -> set[int]:
        """
        Of rows claimed a while ago: who has left or been suppressed since. Raises Outdated.
        """
        self.copies.check()
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(ids))
            cursor.execute(f"{_SELECT} WHERE d.id IN ({marks})", [self.newsletter_id, *ids])
            return {row[0] for row in cursor.fetchall() if not _is_fit(row)}

    def _mine(self, ids: Sequence[int]) -> Any:
        return Delivery.objects.filter(pk__in=ids, fence=self.lease.fence, state=State.CLAIMED)

    def _due(self, most: int, at: datetime) -> list[tuple[Any, ...]]:
        of_all, open_to = self.allowances.left(at=at)
        most = min(most, of_all)
        rows: list[tuple[Any, ...]] = []
        for domain, left in open_to.items():
            if left and most > len(rows):
                rows += self._read(at, min(left, most - len(rows)), "d.domain = %s", [domain])
        if most > len(rows):
            rows += self._read_others(at, most - len(rows), list(open_to))
        return rows

    def _read_others(self, at: datetime, most: int, paced: list[str]) -> list[tuple[Any, ...]]:
        if not paced:
            return self._read(at, most, "", [])
        where, params = f"d.domain NOT IN ({', '.join(['%s'] * len(paced))})", list[Any](paced)
        if self._after is not None:
            where += " AND (d.due_at, d.id) > (%s, %s)"
            params += self._after
        rows = self._read(at, most, where, params)
        if rows:
            self._after = (rows[-1][-1], rows[-1][0])
        return rows

    def _read(
        self, at: datetime, most: int, where: str, params: list[Any]
    ) -> list[tuple[Any, ...]]:
        sql = (
            f"{_SELECT} WHERE d.edition_id = %s AND d.state IN ('pending', 'deferred')"
            f" AND d.due_at <= %s{' AND ' if where else ''}{where}"
            " ORDER BY d.due_at, d.id LIMIT %s"
        )
        now = connection.ops.adapt_datetimefield_value(at)
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.newsletter_id, self.lease.edition_id, now, *params, most])
            return cursor.fetchall()

    def _sorted_out(
        self, rows: list[tuple[Any, ...]], at: datetime
    ) -> tuple[list[Claim], list[int]]:
        fit, unfit = [], []
        for row in rows:
            if _is_fit(row):
                key, address, domain, copy_id, attempts, name = row[:6]
                copy_id = self.copies.instead_of(copy_id)
                fit.append(Claim(key, address, domain, copy_id, attempts, name or "", at))
            else:
                unfit.append(row[0])
        return fit, unfit

    def _readdress(self, claims: list[Claim], before: dict[int, int]) -> None:
        """Rows say which copy a reader was sent, also where it was printed anew meanwhile."""
        for copy_id in {claim.copy_id for claim in claims}:
            moved = [c.id for c in claims if c.copy_id == copy_id and before[c.id] != copy_id]
            if moved:
                self._mine(moved).update(copy=copy_id)

    def _write(self, ids: list[int], state: State, at: datetime) -> None:
        if ids:
            Delivery.objects.filter(pk__in=ids, state__in=WAITING).update(
                state=state, fence=self.lease.fence, claimed_at=at, given_at=None
            )


_SELECT = (
    "SELECT d.id, d.address, d.domain, d.copy_id, d.attempts, reader.name, reader.id,"
    " subscription.state, suppressed.id, d.due_at"
    " FROM newsletters_delivery AS d"
    " LEFT JOIN readers_reader AS reader ON reader.id = d.reader_id"
    " LEFT JOIN newsletters_subscription AS subscription"
    "   ON subscription.newsletter_id = %s AND subscription.reader_id = d.reader_id"
    " LEFT JOIN mail_suppression AS suppressed ON suppressed.address = LOWER(d.address)"
)


def _is_fit(row: tuple[Any, ...]) -> bool:
    address, reader_id, on_the_list, suppressed = row[1], row[6], row[7], row[8]
    has_left = on_the_list in {None, Subscription.State.LEFT.value}
    return bool(address) and reader_id is not None and not has_left and suppressed is None


def _by_state_before(claims: list[Claim]) -> list[tuple[State, list[Claim]]]:
    fresh = [claim for claim in claims if not claim.attempts]
    tried = [claim for claim in claims if claim.attempts]
    return [(State.PENDING, fresh), (State.DEFERRED, tried)]
