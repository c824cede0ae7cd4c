"""The hour of an edition on the outlet's clock, on the days when the clocks change as well."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from masthead.newsletters.hours import latest_hour, next_hour

BERLIN = ZoneInfo("Europe/Berlin")  # forward on 2026-03-29 at 2:00, back on 2026-10-25 at 3:00
NEW_YORK = ZoneInfo("America/New_York")  # forward on 2026-03-08, back on 2026-11-01, at 2:00
EVERY_DAY = range(7)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "now", "latest"),
    [
        (BERLIN, time(18), "2026-11-16T17:00", "2026-11-16T17:00"),
        (BERLIN, time(18), "2026-11-16T16:59", "2026-11-15T17:00"),
        (BERLIN, time(18), "2026-07-01T16:00", "2026-07-01T16:00"),
        # Spring: the day before by winter time, the day itself by summer time.
        (BERLIN, time(18), "2026-03-28T18:00", "2026-03-28T17:00"),
        (BERLIN, time(18), "2026-03-29T16:00", "2026-03-29T16:00"),
        # 2:30 does not exist on that night; it comes when the clocks show 3:30.
        (BERLIN, time(2, 30), "2026-03-29T01:29", "2026-03-28T01:30"),
        (BERLIN, time(2, 30), "2026-03-29T01:30", "2026-03-29T01:30"),
        # Autumn: 2:30 comes twice, and counts the first time.
        (BERLIN, time(2, 30), "2026-10-25T00:30", "2026-10-25T00:30"),
        (BERLIN, time(2, 30), "2026-10-25T01:30", "2026-10-25T00:30"),
        (BERLIN, time(18), "2026-10-25T17:00", "2026-10-25T17:00"),
        (NEW_YORK, time(2, 30), "2026-03-08T07:30", "2026-03-08T07:30"),
        (NEW_YORK, time(1, 30), "2026-11-01T06:30", "2026-11-01T05:30"),
    ],
)
def test_the_latest_hour(zone, hour, now, latest):
    assert latest_hour(days=EVERY_DAY, hour=hour, zone=zone, at=at(now)) == at(latest)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
@pytest.mark.parametrize("hour", [time(1, 30), time(2, 30), time(6), time(18)])
def test_each_day_of_a_year_has_its_hour_once(zone, hour):
    seen, moment = [], at("2026-01-01T12:00")
    while moment < at("2027-01-01T12:00"):
        moment = next_hour(days=EVERY_DAY, hour=hour, zone=zone, after=moment)
        seen.append(moment)
        assert latest_hour(days=EVERY_DAY, hour=hour, zone=zone, at=moment) == moment

    days = [each.astimezone(zone).date() for each in seen]
    assert len(seen) in {365, 366}
    assert len(set(days)) == len(days)


def test_only_on_its_days():
    monday, friday = 0, 4
    found = latest_hour(days=[monday, friday], hour=time(6), zone=BERLIN, at=at("2026-11-19T12:00"))

    assert found == at("2026-11-16T05:00")
    assert next_hour(days=[friday], hour=time(6), zone=BERLIN, after=found) == at(
        "2026-11-20T05:00"
    )
    assert latest_hour(days=[], hour=time(6), zone=BERLIN, at=found) is None
    assert next_hour(days=[], hour=time(6), zone=BERLIN, after=found) is None
