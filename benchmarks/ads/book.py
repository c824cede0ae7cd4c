"""What is sold in the simulated month: every kind of flight, and some in each other's way."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from masthead.ads.pacing.chances import Unit

if TYPE_CHECKING:
    from benchmarks.ads.device import Page

EVERYWHERE = ("top", "in-text", "side", "list", "card")
EVENING = (17, 18, 19, 20, 21, 22)
WEEKDAYS = (0, 1, 2, 3, 4)
SATURDAY = 5  # the first day of the month


@dataclass(frozen=True)
class Booked:
    """starts, days: from the beginning of the month; goal: for a whole month's page views."""

    id: int
    name: str
    goal: int = 0
    starts: float = 0
    days: float = 30
    unit: Unit = Unit.VIEWS
    places: tuple[str, ...] = EVERYWHERE
    outlets: tuple[int, ...] = (0, 1, 2)
    sections: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    cap: int = 0  # views on a device
    cap_days: int = 1
    daily_cap: int = 0
    trade: str = ""
    soon: bool = False
    until_reached: bool = False
    is_sponsorship: bool = False
    is_house: bool = False
    is_guaranteed: bool = True
    cells: frozenset[tuple[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "cells", frozenset((o, place) for o in self.outlets for place in self.places)
        )

    def fits(self, page: "Page", place: str) -> bool:
        return (
            (page.outlet, place) in self.cells
            and (not self.sections or page.section in self.sections)
            and (not self.kinds or page.kind in self.kinds)
            and (not self.screens or page.screen in self.screens)
            and (not self.countries or page.country in self.countries)
        )


def the_book(*, part: float) -> list[Booked]:
    """
    part: of a whole month's page views; goals are as much smaller.
    """

    def n(goal: int) -> int:
        return max(1, round(goal * part))

    top, text = ("top",), ("in-text",)
    return [
        Booked(1, "a sponsor's quarter", 250, unit=Unit.SHARE, places=top, outlets=(0,),
               is_sponsorship=True, is_guaranteed=False),
        Booked(2, "all month, everywhere", n(420_000)),
        Booked(3, "one section, two weeks", n(48_000), 4, 14, sections=(2,)),
        Booked(4, "weekday evenings", n(90_000), 1, 28, hours=EVENING, weekdays=WEEKDAYS),
        Booked(5, "one small country", n(22_000), 2, 25, countries=("IE",)),
        Booked(6, "phones, tops", n(120_000), 0, 30, places=top, screens=("narrow",)),
        Booked(7, "three on a device a week", n(60_000), 3, 20, cap=3, cap_days=7),
        Booked(8, "a daily cap", n(80_000), 0, 30, daily_cap=n(3_600)),
        Booked(9, "a daily cap that is too low", n(90_000), 5, 20, daily_cap=n(2_400),
               is_guaranteed=False),
        Booked(10, "clicks", n(400), 0, 30, unit=Unit.CLICKS),
        Booked(11, "as soon as possible", n(60_000), 9, 15, soon=True, places=("side", "list")),
        Booked(12, "most of one section's tops", n(17_500), 6, 15, outlets=(1,), sections=(1,),
               places=top),
        Booked(13, "a weekend", n(40_000), 7, 2, trade="bakery"),
        Booked(14, "its rival, the same days", n(30_000), 6.5, 4, trade="bakery"),
        Booked(15, "small, ten days", n(4_000), 12, 10, places=text),
        Booked(16, "sold too much, until it is reached", n(150_000), 10, 2, outlets=(2,),
               until_reached=True, is_guaranteed=False),
        Booked(17, "a flat price", 0, 2, 20, places=("card",), is_guaranteed=False),
        Booked(18, "one device once a day", n(50_000), 8, 18, cap=1, cap_days=1, places=text),
        Booked(19, "house: the newsletter", is_house=True, is_guaranteed=False),
        Booked(20, "house: the harbour fair", is_house=True, outlets=(0,), is_guaranteed=False),
    ]  # fmt: skip
