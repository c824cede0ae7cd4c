"""When benefits end, by what the provider says: one row a case."""

from datetime import UTC, datetime, timedelta

import pytest

from masthead.memberships.access import GRACE, Standing, access_until

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
MONTH = timedelta(days=31)
A_WEEK = timedelta(days=7)
ENDS = BEGAN + MONTH


def standing(status, **more):
    return Standing(status=status, started_at=BEGAN, period_ends_at=ENDS, **more)


@pytest.mark.parametrize(
    ("what", "until"),
    [
        (standing("trialing"), ENDS + GRACE),
        (standing("trialing", cancel_at=ENDS), ENDS),
        (standing("active", paid_until=ENDS), ENDS + GRACE),
        # Renewed, and the new bill is not paid yet.
        (standing("active", paid_until=BEGAN), BEGAN + GRACE),
        (standing("active", paid_until=ENDS, cancel_at=ENDS), ENDS),
        (standing("active", paid_until=ENDS, is_paused=True), ENDS),
        (standing("active", paid_until=BEGAN, is_given_back=True), BEGAN),
        (standing("active", paid_until=None, is_given_back=True), None),
        (standing("active", paid_until=ENDS, is_disputed=True), None),
        (standing("past_due", paid_until=ENDS), ENDS + GRACE),
        (standing("past_due", paid_until=None), None),
        (standing("canceled", paid_until=ENDS, ended_at=ENDS), ENDS),
        (standing("canceled", paid_until=ENDS, ended_at=BEGAN + A_WEEK), BEGAN + A_WEEK),
        (standing("canceled", paid_until=ENDS, ended_at=ENDS + MONTH), ENDS + GRACE),
        (standing("incomplete", paid_until=None), None),
        (standing("incomplete_expired"), None),
        (standing("unpaid", paid_until=ENDS), None),
        (standing("paused", paid_until=ENDS), None),
    ],
)
def test_benefits_end_when_they_should(what, until):
    assert access_until(what) == until
