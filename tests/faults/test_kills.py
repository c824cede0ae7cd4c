import pytest

from tests.faults.short_runs import missed, reports_of

pytestmark = pytest.mark.faults
KILLED = (
    "publish",
    "jobs",
    "pictures",
    "schedule",
    "press",
    "posting",
    "letters",
    "memberships",
)
# On a network of its own: its door has nobody beside it who prints what the others left stale.
ALONE = "ads"


@pytest.mark.parametrize("name", KILLED)
def test_nothing_is_lost_doubled_or_half_after_kills(name):
    assert missed(reports_of(*KILLED)[name]) == ([], [])


def test_what_advertising_counts_outlives_kills():
    assert missed(reports_of(ALONE)[ALONE]) == ([], [])
