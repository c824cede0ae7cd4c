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
    "ads",
)


@pytest.mark.parametrize("name", KILLED)
def test_nothing_is_lost_doubled_or_half_after_kills(name):
    assert missed(reports_of(*KILLED)[name]) == ([], [])
