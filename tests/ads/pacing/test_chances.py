"""How likely a flight is chosen: what is left over what will come, and what holds it back."""

import pytest

from masthead.ads.pacing.chances import (
    AHEAD,
    DAY,
    Counted,
    Order,
    Paced,
    Since,
    Unit,
    in_order,
    pace,
)
from masthead.ads.pacing.curves import Curve, Supply
from masthead.ads.pacing.learning import Learnt

AT = 1_796_083_200.0  # a Tuesday's midnight
AN_HOUR = 3600.0
TEN_AN_HOUR = Supply((Curve((10.0,) * 168, "UTC"),))
MANY = Supply((Curve((36_000.0,) * 168, "UTC"),))
ALL_SEEN = Learnt(told=1e9, offered=1e9, visible=1e9, clicked=1e7)


def an_order(**fields):
    usual = {
        "id": 1,
        "unit": Unit.VIEWS,
        "goal": 1000,
        "starts": AT,
        "ends": AT + 10 * DAY,
        "supply": TEN_AN_HOUR,
        "cells": frozenset({(1, "top")}),
    }
    return Order(**usual | fields)


def chance(order, *, at=AT, **known):
    counted = Counted(**{"learnt": ALL_SEEN} | known)
    return pace(order, counted, at=at, midnight=AT + DAY).chance


def test_what_is_left_is_spread_over_what_will_come():
    assert chance(an_order()) == pytest.approx(AHEAD * 1000 / 2400, rel=0.01)


@pytest.mark.parametrize(
    ("learnt", "part"),
    [
        (Learnt(1e9, 5e8, 5e8), 0.5),  # half of the pages do not fit
        (Learnt(1e9, 1e9, 5e8), 0.5),  # half of what is offered is not seen
        (Learnt(1e9, 5e8, 2.5e8), 0.25),
    ],
)
def test_a_flight_that_little_becomes_of_is_chosen_more_often(learnt, part):
    order = an_order(goal=100)

    assert chance(order, learnt=learnt) == pytest.approx(chance(order) / part, rel=0.01)


def test_clicks_are_reckoned_by_how_often_it_is_clicked():
    order = an_order(unit=Unit.CLICKS, goal=10)

    assert chance(order) == pytest.approx(AHEAD * 10 / (2400 * 0.01), rel=0.01)


@pytest.mark.parametrize(
    ("order", "known", "expected"),
    [
        (an_order(), {"done": 1000}, 0),  # reached
        (an_order(), {"done": 1200}, 0),
        (an_order(ends=AT), {}, 0),  # over
        (an_order(ends=AT, until_reached=True), {}, 1),  # goes on
        (an_order(ends=None), {}, 1),  # nothing to spread over
        (an_order(soon=True), {}, 1),
        (an_order(goal=10_000), {}, 1),  # more than comes
        (an_order(unit=Unit.SHARE, goal=250), {"done": 5000}, 0.25),
        (an_order(goal=0), {}, 1),
        (an_order(supply=Supply()), {}, 0.1),  # nobody has counted there yet
    ],
)
def test_a_flight_is_at(order, known, expected):
    assert chance(order, **known) == expected


def test_near_its_goal_no_more_is_asked_for_than_what_is_left():
    """Ten a second come: a whole list's time would bring far more than the hundred."""
    soon = an_order(soon=True, supply=MANY)

    first = chance(soon, done=900)

    assert first * 10 * 120 == pytest.approx(100, rel=0.01)
    # What that list brings is on its way: nothing is added before it was counted.
    assert chance(soon, done=900, chance=first) == 0


@pytest.mark.parametrize("left", [0, 1, 4, 50, 1000])
def test_of_a_daily_cap_less_is_asked_for_than_is_left_even_in_a_crowd(left):
    capped = an_order(soon=True, goal=1_000_000, daily_cap=1000, supply=MANY)

    expected = chance(capped, today=1000 - left) * 10 * 120 * 1.5

    assert expected + 4 * expected**0.5 <= left * 1.01  # chances are rounded


def test_a_daily_cap_is_spread_over_the_day():
    capped = an_order(goal=1_000_000, daily_cap=864, supply=MANY)

    assert chance(capped) == pytest.approx(AHEAD * 864 / 864_000, rel=0.01)


def test_a_chance_that_hardly_changes_stays_so_that_lists_stay():
    order = an_order()

    assert chance(order, chance=0.43) == 0.43
    assert chance(order, chance=0.40) == pytest.approx(0.433)


def test_what_becomes_of_chances_is_learnt_from_what_was_told():
    order = an_order(supply=MANY)
    minute = Since(seconds=60, chances=600, offered=15, visible=6, clicked=0)
    known = Counted(chance=0.1, before=0.1, learnt=Learnt(1000, 1000, 600))

    for _ in range(24 * 60):
        known = known.after(minute, order, done=0, today=0, at=AT)

    assert known.learnt.reach == pytest.approx(15 / 60, rel=0.02)
    assert known.learnt.seen == pytest.approx(0.4, rel=0.02)
    assert known.a_second == pytest.approx(10)


def test_outside_of_its_hours_nothing_is_learnt():
    evenings = TEN_AN_HOUR.curves[0].within(hours=(18, 19), weekdays=())
    order = an_order(supply=Supply((evenings,)), whole=TEN_AN_HOUR)
    minute = Since(seconds=60, chances=600, offered=0, visible=0, clicked=0)

    midday = Counted(chance=0.5, before=0.5).after(
        minute, order, done=0, today=0, at=AT + 12.5 * AN_HOUR
    )
    evening = Counted(chance=0.5, before=0.5).after(
        minute, order, done=0, today=0, at=AT + 18.5 * AN_HOUR
    )

    assert (midday.learnt.told, evening.learnt.told) == (0, pytest.approx(300))


@pytest.mark.parametrize(
    ("goal", "done", "expected"),
    [(2_000, 0, False), (10_000, 0, True), (50_000, 49_000, False), (1_000, 1_000, False)],
    ids=["fits", "far too much", "almost there", "reached"],
)
def test_a_flight_without_hope_is_known(goal, done, expected):
    order = an_order(goal=goal, ends=AT + DAY if done else AT + 10 * DAY)

    paced = pace(order, Counted(done=done, learnt=ALL_SEEN), at=AT, midnight=AT + DAY)

    assert paced.is_hopeless is expected


def ranked(*pairs):
    return [each.id for each in in_order(pairs)]


def test_devices_first_walk_past_what_needs_most_of_what_comes_to_it():
    def a(number, need, **fields):
        order = an_order(id=number, **fields)
        return order, Paced(number, min(need, 1), need)

    asks_for_too_much = an_order(id=7), Paced(7, 1, 9, is_hopeless=True)

    walked = ranked(
        asks_for_too_much,
        a(1, 0.2),
        a(2, 1.4),
        a(3, 1.0, goal=0),
        a(4, 3.0, soon=True),
        a(5, 0.3, is_sponsorship=True),
        a(6, 1.0, goal=0, is_house=True),
    )

    assert walked == [5, 2, 1, 7, 4, 3, 6]


def test_what_is_left_over_is_shared_by_those_that_take_what_comes():
    sold = an_order(id=1), Paced(1, 0.4, 0.4)
    flat = [(an_order(id=n, goal=0), Paced(n, 1, 1)) for n in (2, 3)]
    house = [(an_order(id=n, goal=0, is_house=True), Paced(n, 1, 1)) for n in (4, 5, 6)]
    elsewhere = an_order(id=7, goal=0, cells=frozenset({(2, "top")})), Paced(7, 1, 1)

    chances = {each.id: each.chance for each in in_order([sold, *flat, *house, elsewhere])}

    # Of what is left each gets an equal part, and the last one the rest.
    assert (chances[1], chances[2], chances[3], chances[7]) == (0.4, 0.3, 1, 1)
    assert (chances[4], chances[5], chances[6]) == pytest.approx((1 / 3, 1 / 3, 1), rel=0.01)


def test_a_month_at_an_even_pace_ends_at_its_goal():
    """Everything is as expected and counted at once: what is done is the plan, at any time."""
    order = an_order(goal=1000)
    done, at, halfway = 0.0, AT, 0.0

    while at < AT + 10 * DAY:
        found = pace(order, Counted(done=round(done), learnt=ALL_SEEN), at=at, midnight=0)
        done += found.chance * 10 / 60
        at += 60
        halfway = done if at <= AT + 5 * DAY else halfway

    assert done == pytest.approx(1000, abs=2)
    assert halfway == pytest.approx(500, rel=0.05)
