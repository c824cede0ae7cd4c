"""What the weeks before say of the hours to come."""

from datetime import UTC, datetime

import pytest

from masthead.ads.pacing.curves import A_DAY, HOUR, WEEK_HOURS, Curve, curve_of, curves_of, together

MONDAY = int(datetime(2026, 11, 16, tzinfo=UTC).timestamp())
UNTIL = MONDAY // HOUR


def weeks(number, *, level=100, growth=1.0, zone_hours=0):
    """Hours like A_DAY, twice as many on Sundays; the last week at `level`, before it less."""
    counted = {}
    for hour in range(UNTIL - number * WEEK_HOURS, UNTIL):
        place = (hour - UNTIL + zone_hours) % WEEK_HOURS
        back = (UNTIL - 1 - hour) // WEEK_HOURS
        sunday = 2 if place // 24 == 6 else 1
        counted[hour] = round(level * A_DAY[place % 24] * sunday / growth**back)
    return counted


def between(curve, first, last):
    """Hours from now on."""
    return curve.expected(MONDAY + first * HOUR, MONDAY + last * HOUR)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_week_is_like_those_before(number):
    counted = weeks(number)

    curve = curve_of(counted, until=UNTIL, zone="UTC")

    last_week = sum(counted[hour] for hour in range(UNTIL - WEEK_HOURS, UNTIL))
    sunday_noon = 100 * A_DAY[12] * 2
    assert between(curve, 0, WEEK_HOURS) == pytest.approx(last_week, rel=0.001)
    assert between(curve, 156, 157) == pytest.approx(sunday_noon, rel=0.01)


def test_a_trend_goes_on_for_some_weeks_and_no_longer():
    curve = curve_of(weeks(5, level=1000, growth=1.05), until=UNTIL, zone="UTC")

    week = [between(curve, n * WEEK_HOURS, (n + 1) * WEEK_HOURS) for n in range(8)]

    assert 1.015 < week[1] / week[0] < 1.05
    assert week[7] == pytest.approx(week[6])


def test_places_of_an_outlet_have_one_trend():
    large, small = weeks(5, level=1000, growth=1.05), weeks(5, level=3, growth=0.9)

    curves = curves_of({"top": large, "list": small}, until=UNTIL, zone="UTC")

    assert curves["list"].growth == curves["top"].growth > 1.02
    assert between(curves["list"], 0, WEEK_HOURS) < between(curves["top"], 0, WEEK_HOURS) / 100


def test_one_wild_week_is_no_trend():
    counted = weeks(4)
    for hour in range(UNTIL - WEEK_HOURS, UNTIL):
        counted[hour] *= 5

    curve = curve_of(counted, until=UNTIL, zone="UTC")

    assert curve.growth == 1.2


def test_less_than_a_week_is_taken_for_ordinary_days():
    morning = {UNTIL - 24 + hour: round(1000 * A_DAY[hour]) for hour in range(6, 12)}

    curve = curve_of(morning, until=UNTIL - 12, zone="UTC")

    assert between(curve, 0, 24) == pytest.approx(1000 * sum(A_DAY), rel=0.001)


def test_of_a_place_that_nobody_saw_nothing_is_expected():
    curve = curve_of({}, until=UNTIL, zone="UTC")

    assert between(curve, 0, 1000) == 0


def test_hours_are_those_of_the_outlets_own_clock_also_after_it_was_changed():
    summer = curve_of(weeks(2, zone_hours=0), until=UNTIL, zone="Europe/London")
    july_noon = datetime(2027, 7, 12, 11, tzinfo=UTC).timestamp()

    noon = summer.expected(july_noon, july_noon + HOUR)

    assert noon == pytest.approx(100 * A_DAY[12], rel=0.01)


def test_parts_of_an_hour_add_up_to_it():
    curve = curve_of(weeks(2), until=UNTIL, zone="UTC")
    start = MONDAY + 10 * HOUR + 17 * 60

    minutes = sum(curve.expected(start + n * 60, start + n * 60 + 60) for n in range(180))

    assert minutes == pytest.approx(curve.expected(start, start + 180 * 60))


@pytest.mark.parametrize(
    ("hours", "weekdays", "expected"),
    [((), (), 168), ((6, 7), (), 14), ((), (5, 6), 48), ((6, 7), (5, 6), 4)],
)
def test_only_what_lies_in_some_hours_and_days_is_counted(hours, weekdays, expected):
    curve = Curve((1.0,) * WEEK_HOURS, "UTC").within(hours=hours, weekdays=weekdays)

    assert between(curve, 0, WEEK_HOURS) == pytest.approx(expected)


def test_places_of_one_clock_are_put_together():
    one, other = Curve((1.0,) * 168, "UTC", 0, 1.1), Curve((3.0,) * 168, "UTC", 0, 1.0)
    far = Curve((5.0,) * 168, "Asia/Tokyo")

    supply = together([one, other, far])

    assert [curve.week for curve in supply.curves] == [4 * 168, 5 * 168]
    assert supply.curves[0].growth == pytest.approx(1.025)
