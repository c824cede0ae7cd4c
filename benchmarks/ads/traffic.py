"""A month's readers: hours, days, noise, an event, devices that come again, and programs."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, sqrt

from benchmarks.ads.device import Page

MINUTES_A_DAY, MINUTES_A_WEEK = 1440, 10_080
BY_HOUR = (
    *(0.30, 0.18, 0.12, 0.10, 0.15, 0.45, 1.05, 1.60, 1.55, 1.30, 1.20, 1.25),
    *(1.45, 1.30, 1.10, 1.05, 1.10, 1.20, 1.30, 1.50, 1.65, 1.55, 1.05, 0.55),
)
BY_DAY = (1.05, 1.08, 1.06, 1.04, 1.00, 0.85, 0.92)
GROWTH = 1.015  # a week
DAY_NOISE, HOUR_NOISE = 0.06, 0.08
EVENT_DAY, EVENT_MINUTES, EVENT = 16, (870, 1050), 3.0  # a ship aground: three hours, three times
OUTLETS = (0.5, 0.3, 0.2)
SECTIONS = (0.35, 0.25, 0.2, 0.12, 0.08)
KINDS = ("article", "front", "section")
KIND_PARTS = (0.78, 0.13, 0.09)
PLACES = {
    "article": ("top", "in-text", "side", "card"),
    "front": ("top", "list", "card"),
    "section": ("top", "list"),
}
SCREENS, SCREEN_PARTS = ("narrow", "medium", "wide"), (0.62, 0.1, 0.28)
COUNTRIES, COUNTRY_PARTS = ("GB", "IE", "US", "DE"), (0.8, 0.06, 0.1, 0.04)
PROGRAMS, QUIET_PROGRAMS = 0.07, 0.005  # of page views: told apart by the rules, and not


@dataclass(frozen=True)
class Device:
    id: int
    screen: str
    country: str
    loyalty: float


def mean_chances(place: str) -> float:
    """In a page view."""
    parts = zip(KINDS, KIND_PARTS, strict=True)
    return sum(part for kind, part in parts if place in PLACES[kind])


class Traffic:
    """page_views: of people in thirty days. Minutes count from a Saturday's midnight, UTC."""

    def __init__(self, page_views: int, *, seed: int) -> None:
        self.random = random.Random(seed)
        self._a_minute = page_views / 30 / MINUTES_A_DAY
        self._noise: dict[tuple[str, int], float] = {}
        how_many = max(2_000, page_views // 25)
        screens = self.random.choices(SCREENS, SCREEN_PARTS, k=how_many)
        countries = self.random.choices(COUNTRIES, COUNTRY_PARTS, k=how_many)
        loyal = [self.random.lognormvariate(0, 1.1) for _ in range(how_many)]
        self.devices = list(map(Device, range(how_many), screens, countries, loyal))
        self._loyal = list(accumulate(loyal))
        self._outlets = list(accumulate(OUTLETS))
        self._sections = list(accumulate(SECTIONS))
        self._kinds = list(accumulate(KIND_PARTS))
        self._pages: dict[tuple[int, int, str, str, str], Page] = {}

    def rate(self, minute: int) -> float:
        """Page views expected in a minute, which may lie before the month."""
        day, of_day = divmod(minute, MINUTES_A_DAY)
        hour = of_day / 60
        here, share = int(hour), hour % 1
        by_hour = BY_HOUR[here] * (1 - share) + BY_HOUR[(here + 1) % 24] * share
        event = EVENT if day == EVENT_DAY and EVENT_MINUTES[0] <= of_day < EVENT_MINUTES[1] else 1
        weekly = GROWTH ** (minute / MINUTES_A_WEEK - 2)
        noise = self._of("day", day, DAY_NOISE) * self._of("hour", minute // 60, HOUR_NOISE)
        return self._a_minute * by_hour * BY_DAY[(day + 5) % 7] * weekly * noise * event

    def _of(self, what: str, number: int, spread: float) -> float:
        found = self._noise.get((what, number))
        if found is None:
            # The same whichever is asked for first.
            drawn = random.Random(f"{what} {number}").gauss(0, spread)
            found = self._noise[what, number] = exp(drawn - spread**2 / 2)
        return found

    def many(self, expected: float) -> int:
        """As many as come when so many are expected."""
        if expected < 30:
            left, count = exp(-expected), 0
            product = self.random.random()
            while product > left:
                product *= self.random.random()
                count += 1
            return count
        return max(0, round(self.random.gauss(expected, sqrt(expected))))

    def views(self, minute: int) -> Iterator[tuple[Device, Page]]:
        """Those of people in one minute."""
        count = self.many(self.rate(minute))
        if not count:
            return
        choices = self.random.choices
        devices = choices(self.devices, cum_weights=self._loyal, k=count)
        outlets = choices(range(len(OUTLETS)), cum_weights=self._outlets, k=count)
        sections = choices(range(len(SECTIONS)), cum_weights=self._sections, k=count)
        kinds = choices(KINDS, cum_weights=self._kinds, k=count)
        for device, outlet, section, kind in zip(devices, outlets, sections, kinds, strict=True):
            key = (outlet, section, kind, device.screen, device.country)
            page = self._pages.get(key)
            if page is None:
                page = self._pages[key] = Page(*key)
            yield device, page

    def history(self, weeks: int) -> Iterator[tuple[int, Sequence[tuple[int, str, int]]]]:
        """Hours before the month, each with what was counted in it: outlet, place, chances."""
        for hour in range(-weeks * 168, 0):
            views = sum(self.rate(hour * 60 + minute) for minute in range(0, 60, 10)) * 10
            yield (
                hour,
                [
                    (outlet, place, self.many(views * part * mean_chances(place)))
                    for outlet, part in enumerate(OUTLETS)
                    for place in ("top", "in-text", "side", "list", "card")
                ],
            )
