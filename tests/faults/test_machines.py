"""Needs PostgreSQL, so `bin/test` runs it where that is."""

import pytest

from tests.faults.short_runs import missed, reports_of

pytestmark = pytest.mark.faults


def test_another_machine_shows_what_is_published_also_after_it_was_cut_off():
    assert missed(reports_of("machines")["machines"]) == ([], [])
