"""From when until when a report is."""

from datetime import UTC, date, datetime

import pytest

from masthead.ads.reports.periods import Period, asked_for

AT = datetime(2026, 11, 16, 12, tzinfo=UTC)
LAST = (date(2026, 10, 18), date(2026, 11, 16))


@pytest.mark.parametrize(
    ("given", "period"),
    [
        ({}, LAST),
        ({"from": "2026-11-01"}, (date(2026, 11, 1), LAST[1])),
        ({"from": "2026-11-01", "to": "2026-11-02"}, (date(2026, 11, 1), date(2026, 11, 2))),
        ({"from": "2026-11-03", "to": "2026-11-02"}, LAST),
        ({"from": "1066-10-14"}, LAST),
        ({"from": "yesterday", "to": "9999"}, LAST),
    ],
)
def test_a_report_is_about(given, period):
    found = asked_for(given, at=AT)

    assert (found.first, found.last) == period


def test_what_can_be_sold_is_asked_of_the_days_to_come():
    found = asked_for({}, at=AT, ahead=True)

    assert (found.first, found.last) == (date(2026, 11, 16), date(2026, 12, 15))


def test_both_days_are_in_it():
    period = Period(date(1970, 1, 2), date(1970, 1, 3))

    assert (period.first_hour, period.end_hour, len(period.days())) == (24, 72, 2)
