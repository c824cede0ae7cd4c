"""How many mails may still go out: to a receiving domain and in all, by the minute and the day."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from masthead.newsletters.models import DomainPace, WarmUp

ALL = ""
UNBOUNDED = 1_000_000_000
_LOOK_AGAIN = timedelta(seconds=5)


class Allowances:
    """
    What the tables allow. Counted in them within the claim's own transaction, so that two editions
    at once share an allowance and a restart starts nothing anew.
    """

    def __init__(self) -> None:
        self._looked_at: datetime | None = None
        self._paced: list[str] = []
        self._counted = False
        self._plan: WarmUp | None = None

    def left(self, *, at: datetime) -> tuple[int, dict[str, int]]:
        """
        Of all mail together, and by domain with a pace of its own; in the claim's transaction.

        Nobody else is told of the same allowance before that transaction ends.
        """
        self._look(at)
        rows = {row.domain: row for row in self._locked([ALL, *self._paced])}
        everything = _left(rows[ALL], at, self._plan) if self._counted else UNBOUNDED
        return everything, {
            name: _left(rows[name], at, None) for name in self._paced if name in rows
        }

    def opens_at(self, *, at: datetime) -> datetime | None:
        """When rows that are due may go; None: no pace holds them."""
        self._look(at)
        if not self._counted and not self._paced:
            return None
        row = DomainPace.objects.filter(domain=ALL).first()
        if self._counted and row is not None and not _left_today(row, at, self._plan):
            return _tomorrow(at)
        return at + _LOOK_AGAIN

    def use(self, domains: Iterable[str], *, at: datetime) -> None:
        self._count(Counter(domains), at, 1)

    def give_back(self, domains: Iterable[str], *, at: datetime) -> None:
        self._count(Counter(domains), at, -1)

    def _count(self, domains: "Counter[str]", at: datetime, sign: int) -> None:
        used = {name: number for name, number in domains.items() if name in self._paced}
        if self._counted and domains:
            used[ALL] = domains.total()
        for row in self._locked(used):
            _turn(row, at)
            row.minute_used = max(row.minute_used + sign * used[row.domain], 0)
            row.day_used = max(row.day_used + sign * used[row.domain], 0)
            row.save(update_fields=["minute", "minute_used", "day", "day_used"])

    def _locked(self, names: Iterable[str]) -> list[DomainPace]:
        """
        Locked, so that of two editions at once neither takes what the other has taken; always in
        the same order, so that neither waits for the other for ever.
        """
        wanted = [name for name in names if name != ALL or self._counted]
        if not wanted:
            return []
        if ALL in wanted:  # what is not there cannot be locked
            DomainPace.objects.get_or_create(domain=ALL)
        rows = DomainPace.objects.select_for_update().filter(domain__in=wanted)
        return list(rows.order_by("domain"))

    def _look(self, at: datetime) -> None:
        """The few rows that say how fast are read every few seconds."""
        if self._looked_at is not None and at - self._looked_at < _LOOK_AGAIN:
            return
        names = list(DomainPace.objects.order_by("domain").values_list("domain", flat=True))
        plan = WarmUp.objects.order_by("pk").first()
        self._plan = plan if plan and plan.allowance(_day(at)) is not None else None
        self._paced = [name for name in names if name != ALL]
        self._counted = self._plan is not None or ALL in names
        self._looked_at = at


def _left(row: DomainPace, at: datetime, plan: WarmUp | None) -> int:
    _turn(row, at)
    minute = UNBOUNDED if row.a_minute is None else row.a_minute - row.minute_used
    return max(0, min(minute, _left_today(row, at, plan)))


def _left_today(row: DomainPace, at: datetime, plan: WarmUp | None) -> int:
    _turn(row, at)
    planned = plan.allowance(_day(at)) if plan else None
    limits = [limit for limit in (row.a_day, planned) if limit is not None]
    return max(0, min(limits) - row.day_used) if limits else UNBOUNDED


def _turn(row: DomainPace, at: datetime) -> None:
    """A new minute and a new day begin with nothing used."""
    minute = at.replace(second=0, microsecond=0)
    if row.minute != minute:
        row.minute, row.minute_used = minute, 0
    if row.day != _day(at):
        row.day, row.day_used = _day(at), 0


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _tomorrow(at: datetime) -> datetime:
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)
