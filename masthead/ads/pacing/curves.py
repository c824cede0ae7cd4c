"""
How many chances will come: an hour of the week is like that hour of the weeks before.

On the outlet's own clock, because readers live by it; so a change to summer time moves nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from math import exp, log
from zoneinfo import ZoneInfo

HOUR, DAY_HOURS, WEEK_HOURS = 3600, 24, 168
THURSDAY = 3 * DAY_HOURS  # 1970 began with one
WEEKS_KEPT = 12  # that say what a week is like
FADING = 0.85  # of what each week says, one week further back
LEAST_GROWTH, MOST_GROWTH = 0.85, 1.2  # in a week; more is an event and no trend
GROWS_FOR_WEEKS = 4  # no trend is believed for longer
# How much an hour of a day has where nobody has counted a whole day yet.
A_DAY = (
    *(0.35, 0.2, 0.15, 0.12, 0.15, 0.35, 0.8, 1.25, 1.35, 1.3, 1.25, 1.25),
    *(1.4, 1.3, 1.15, 1.1, 1.15, 1.25, 1.35, 1.45, 1.5, 1.4, 1.1, 0.7),
)


@dataclass(frozen=True)
class Curve:
    """
    hours: chances in each hour of the week, from Monday 0:00 on the clock of `zone`.
    growth: by how much a week has more than the one before, e.g. 1.02; from `since` on (seconds
    since 1970).
    """

    hours: tuple[float, ...]
    zone: str
    since: float = 0.0
    growth: float = 1.0

    @cached_property
    def _up_to(self) -> tuple[float, ...]:
        return (0.0, *accumulate(self.hours))

    @property
    def week(self) -> float:
        return self._up_to[-1]

    def expected(self, start: float, end: float) -> float:
        """Chances between two moments, in seconds since 1970."""
        if end <= start or not self.week:
            return 0.0
        plain = self._since_1970(end) - self._since_1970(start)
        return plain * self._grown((start + end) / 2)

    def _since_1970(self, moment: float) -> float:
        hours = (moment + _offset(self.zone, moment)) / HOUR + THURSDAY
        weeks, hour = divmod(hours, WEEK_HOURS)
        whole = int(hour)
        return weeks * self.week + self._up_to[whole] + (hour - whole) * self.hours[whole]

    def _grown(self, moment: float) -> float:
        weeks = (moment - self.since) / (WEEK_HOURS * HOUR)
        return float(self.growth ** max(0.0, min(weeks, GROWS_FOR_WEEKS)))

    def within(self, *, hours: Sequence[int], weekdays: Sequence[int]) -> "Curve":
        """What of it lies in some hours of the day and days of the week; empty: in any."""
        if not hours and not weekdays:
            return self
        kept = tuple(
            chances
            if (not hours or place % DAY_HOURS in hours)
            and (not weekdays or place // DAY_HOURS in weekdays)
            else 0.0
            for place, chances in enumerate(self.hours)
        )
        return Curve(kept, self.zone, self.since, self.growth)


@dataclass(frozen=True)
class Supply:
    """What comes in several places together: one curve for each clock."""

    curves: tuple[Curve, ...] = ()

    def expected(self, start: float, end: float) -> float:
        return sum(curve.expected(start, end) for curve in self.curves)


def together(curves: Iterable[Curve]) -> Supply:
    """Those of one clock become one, with the growth that they have on the whole."""
    by_zone: dict[str, list[Curve]] = {}
    for curve in curves:
        if curve.week:
            by_zone.setdefault(curve.zone, []).append(curve)
    return Supply(tuple(_sum(of_zone) for of_zone in by_zone.values()))


def _sum(curves: list[Curve]) -> Curve:
    if len(curves) == 1:
        return curves[0]
    hours = tuple(map(sum, zip(*(curve.hours for curve in curves), strict=True)))
    weeks = sum(curve.week for curve in curves)
    growth = sum(curve.growth * curve.week for curve in curves) / weeks
    return Curve(hours, curves[0].zone, max(curve.since for curve in curves), growth)


def curves_of(
    counted: Mapping[str, Mapping[int, int]], *, until: int, zone: str
) -> dict[str, Curve]:
    """
    Of the places of one outlet, by their names. They have one trend, that of the readers: what a
    small place says of it by itself is mostly chance.
    """
    whole: Counter[int] = Counter()
    for hours in counted.values():
        whole.update(hours)
    trend = curve_of(whole, until=until, zone=zone).growth
    return {
        place: curve_of(hours, until=until, zone=zone, trend=trend)
        for place, hours in counted.items()
    }


def curve_of(
    counted: Mapping[int, int], *, until: int, zone: str, trend: float | None = None
) -> Curve:
    """
    What the hours before `until` say of those to come.

    counted: chances by hour since 1970, of the last weeks; hours without any are left out.
    With a week or more: the shape of the weeks so far and their level, with the trend between
    them, or `trend` if it is known. With less: the shape of an ordinary day at the level of what
    was counted.
    """
    first = min((hour for hour in counted if hour < until), default=until)
    weeks = min((until - first) // WEEK_HOURS, WEEKS_KEPT)
    if weeks == 0:
        return _of_days(counted, first=first, until=until, zone=zone)
    sums = [_week(counted, until=until - WEEK_HOURS * back) for back in range(weeks)]
    level, growth = _level(sums, trend)
    shape = _shape(counted, sums, until=until, zone=zone)
    # The level is that of the week up to now, whose middle is half a week ago.
    return Curve(
        tuple(level * each for each in shape), zone, (until - WEEK_HOURS // 2) * HOUR, growth
    )


def _week(counted: Mapping[int, int], *, until: int) -> int:
    return sum(counted.get(hour, 0) for hour in range(until - WEEK_HOURS, until))


def _level(sums: Sequence[int], trend: float | None) -> tuple[float, float]:
    """The latest week as all of them together say it was, and growth; `sums`: latest first."""
    points = [(-float(back), log(each), FADING**back) for back, each in enumerate(sums) if each]
    if not points:
        return 0.0, 1.0
    weight = sum(w for _, _, w in points)
    mean_x = sum(x * w for x, _, w in points) / weight
    mean_y = sum(y * w for _, y, w in points) / weight
    slope = log(trend) if trend else _slope(points, mean_x, mean_y)
    return exp(mean_y - slope * mean_x), exp(slope)


def _slope(points: Sequence[tuple[float, float, float]], mean_x: float, mean_y: float) -> float:
    spread = sum(w * (x - mean_x) ** 2 for x, _, w in points)
    if not spread:
        return 0.0
    slope = sum(w * (x - mean_x) * (y - mean_y) for x, y, w in points) / spread
    # Few weeks say little of a trend.
    slope *= (len(points) - 1) / (len(points) + 1)
    return max(log(LEAST_GROWTH), min(slope, log(MOST_GROWTH)))


def _shape(
    counted: Mapping[int, int], sums: Sequence[int], *, until: int, zone: str
) -> tuple[float, ...]:
    """
    Each hour's part of a week. What single hours say is mixed with what its day and its hour of
    the day say, the more the fewer weeks there are.
    """
    hours = [0.0] * WEEK_HOURS
    for back, week in enumerate(sums):
        if not week:
            continue
        weight = FADING**back / week
        last = until - WEEK_HOURS * back
        for place, hour in _places(last - WEEK_HOURS, last, zone):
            hours[place] += weight * counted.get(hour, 0)
    whole = sum(hours)
    if not whole:
        return tuple(hours)
    days = [sum(hours[day * 24 : day * 24 + 24]) / whole for day in range(7)]
    of_day = [sum(hours[hour::24]) / whole for hour in range(24)]
    own = len(sums) / (len(sums) + 1)
    return tuple(
        own * each / whole + (1 - own) * days[place // 24] * of_day[place % 24]
        for place, each in enumerate(hours)
    )


def _of_days(counted: Mapping[int, int], *, first: int, until: int, zone: str) -> Curve:
    """A day like any other, as large as those hours say that were counted."""
    usual = sum(A_DAY[place % DAY_HOURS] for place, _ in _places(first, until, zone))
    level = sum(counted.get(hour, 0) for hour in range(first, until)) / usual if usual else 0.0
    return Curve(tuple(level * each for each in A_DAY) * 7, zone, until * HOUR)


def _places(first: int, last: int, zone: str) -> Iterable[tuple[int, int]]:
    """Hours since 1970, each with which hour of the week it is on a clock."""
    offset = round(_offset(zone, (first + last) / 2 * HOUR) / HOUR)
    return (((hour + offset + THURSDAY) % WEEK_HOURS, hour) for hour in range(first, last))


def _offset(zone: str, moment: float) -> float:
    if zone == "UTC":
        return 0.0
    offset = datetime.fromtimestamp(moment, _zone(zone)).utcoffset()
    return offset.total_seconds() if offset else 0.0


def _zone(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)  # kept by zoneinfo itself
