import pytest

from benchmarks.faults.__main__ import RUNS
from tests.faults.short_runs import missed, reports_of
from tests.faults.test_kills import ALONE, KILLED

pytestmark = pytest.mark.faults
ON_POSTGRESQL = ("machines",)  # test_machines.py
BY_ITSELF = ("postfix",)  # needs Debian's Postfix, and half a minute
# By the program's own processes.
SERVED = tuple(name for name in RUNS if name not in (*KILLED, ALONE, *ON_POSTGRESQL, *BY_ITSELF))


@pytest.mark.parametrize("name", SERVED)
def test_what_is_served_stays_as_it_was_and_shows_nothing_private(name):
    assert missed(reports_of(*SERVED)[name]) == ([], [])
