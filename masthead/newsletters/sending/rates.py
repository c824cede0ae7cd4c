"""How fast it goes, and when it will be over."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from masthead.newsletters.models import DomainPace, WarmUp

WINDOW_SECONDS = 10.0
# Before anything was ever sent: what an ordinary mail server takes without being asked nicely.
FIRST_GUESS = 20.0
LONGEST = timedelta(days=365)


class Meter:
    """Mails a second, over the last ten."""

    def __init__(self) -> None:
        self._seconds: deque[tuple[int, int]] = deque()
        self._began: float | None = None

    def count(self, now: float) -> None:
        if self._began is None:
            self._began = now
        second = int(now)
        if self._seconds and self._seconds[-1][0] == second:
            self._seconds[-1] = (second, self._seconds[-1][1] + 1)
        else:
            self._seconds.append((second, 1))

    def a_second(self, now: float) -> float:
        while self._seconds and self._seconds[0][0] < now - WINDOW_SECONDS:
            self._seconds.popleft()
        if self._began is None:
            return 0.0
        over = max(min(now - self._began, WINDOW_SECONDS), 0.1)
        return sum(number for _, number in self._seconds) / over


@dataclass(frozen=True)
class Forecast:
    """ends_at None: not within a year. held_by: the domain whose pace decides, "" all mail's."""

    mails: int
    a_second: float
    ends_at: datetime | None
    held_by: str | None = None


@dataclass
class _Tap:
    """What one allowance lets through, day after day."""

    left: int
    a_minute: int | None
    a_day: int | None
    today: int  # used already
    plan: WarmUp | None = None
    name: str = ""

    def ends_at(self, at: datetime, a_second: float) -> datetime | None:
        speed = min(a_second, self.a_minute / 60) if self.a_minute is not None else a_second
        left, now, used = self.left, at, self.today
        while left > 0:
            if now - at > LONGEST or speed <= 0:
                return None
            limits = [self.a_day, self.plan.allowance(now.date()) if self.plan else None]
            allowed = min([limit for limit in limits if limit is not None], default=left)
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            today = min(left, max(allowed - used, 0), int(speed * (midnight - now).total_seconds()))
            left -= today
            if left <= 0:
                return now + timedelta(seconds=today / speed)
            now, used = midnight, 0
        return now


def forecast(
    waiting: Mapping[str, int],
    *,
    a_second: float | None,
    paces: Mapping[str, DomainPace],
    plan: WarmUp | None,
    at: datetime,
) -> Forecast:
    """
    When the last of so many mails by receiving domain will be handed over, if nothing else
    happens. The slowest of all allowances decides.
    """
    now, speed = at.astimezone(UTC), a_second or FIRST_GUESS
    mails = sum(waiting.values())
    taps = [_tap(mails, paces.get("", DomainPace()), plan, now)]
    taps += [
        _tap(waiting[name], pace, None, now) for name, pace in paces.items() if waiting.get(name)
    ]
    latest, held_by = now, None
    for tap in taps:
        end = tap.ends_at(now, speed)
        if end is None:
            return Forecast(mails, speed, None, tap.name)
        if end > latest:
            limited = tap.a_minute is not None or tap.a_day is not None or tap.plan is not None
            latest, held_by = end, tap.name if limited else None
    return Forecast(mails, speed, latest, held_by)


def _tap(left: int, pace: DomainPace, plan: WarmUp | None, now: datetime) -> _Tap:
    today = pace.day_used if pace.day == now.date() else 0
    return _Tap(left, pace.a_minute, pace.a_day, today, plan, pace.domain)
