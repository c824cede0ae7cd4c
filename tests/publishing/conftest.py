"""What happens at the Courier two hours after its first articles went out."""

from collections.abc import Callable

import pytest
import time_machine

from masthead.jobs.worker import run_due_jobs


@pytest.fixture(autouse=True)
def afternoon(clock: time_machine.Traveller) -> time_machine.Traveller:
    return clock


@pytest.fixture
def work() -> Callable[[], int]:
    """Do the jobs that are due."""
    return run_due_jobs
