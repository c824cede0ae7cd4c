"""The simulated month of `bin/bench ads`: how its devices choose, and that it can fail."""

import pytest

from benchmarks.ads.agreement import other_memories
from benchmarks.ads.book import Booked
from benchmarks.ads.device import Page, choose
from benchmarks.ads.month import VISIBLE, Month
from benchmarks.ads.programs import PERSON, TOLD_APART
from masthead.ads.door.programs import is_from_page

ALL = frozenset({1, 2, 3, 4})
WALK = ([(1, 0.5), (2, 0.25)], [(3, 0.5), (4, 1.0)])


@pytest.mark.parametrize(
    ("r", "blocked", "flight"),
    [
        (0.0, set(), 1),
        (0.49, set(), 1),
        (0.5, set(), 2),
        (0.74, set(), 2),
        (0.76, set(), 3),  # the house has what is left, and parts of that
        (0.9, set(), 4),
        (0.2, {1}, 2),
        (0.3, {1}, 3),
        (0.9, {3, 4}, None),
    ],
)
def test_one_number_is_walked_through_the_list(r, blocked, flight):
    assert choose(WALK, ALL, blocked, r) == flight


def test_a_flight_fits_by_what_it_names():
    evening = Booked(1, "", sections=(2,), screens=("narrow",), places=("top",), outlets=(0,))

    fits = [
        evening.fits(Page(*page), place)
        for page, place in [
            ((0, 2, "article", "narrow", "GB"), "top"),
            ((0, 2, "article", "narrow", "GB"), "side"),
            ((1, 2, "article", "narrow", "GB"), "top"),
            ((0, 1, "article", "narrow", "GB"), "top"),
            ((0, 2, "article", "wide", "GB"), "top"),
        ]
    ]

    assert fits == [True, False, False, False, False]


def test_programs_count_as_the_doors_rule_says():
    assert [is_from_page(lines) for lines in TOLD_APART] == [False] * len(TOLD_APART)
    assert is_from_page(PERSON)


def test_a_device_remembers_as_the_script_does():
    assert other_memories() == 0


def test_three_days_of_few_readers_keep_a_goal_and_a_cap_and_tell_what_is_too_much():
    book = [
        Booked(1, "three days", 900, days=3),
        Booked(2, "more than there is", 90_000, days=3, places=("side",)),
        Booked(3, "a daily cap", 2_000, days=3, daily_cap=100),
    ]
    month = Month(book, page_views=30_000, days=3)

    month.run()

    seen = {each.id: month.tallies[each.id].real[VISIBLE] for each in book}
    assert seen[1] == pytest.approx(900, rel=0.02)
    assert seen[2] < 3_000
    assert 60 < max(month.tallies[3].by_day.values()) <= 100
