"""The Courier with two sections; Ada edits it, Bo reports for its port."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse

from masthead.accounts.models import Role, User
from masthead.jobs.worker import run_due_jobs
from masthead.outlets.models import Outlet, Section
from tests.desk.factory import a_person
from tests.factories import NOON, a_section, an_outlet


@pytest.fixture(autouse=True)
def afternoon() -> Any:
    """Two hours after NOON, when the articles of `tests.factories` are published."""
    with time_machine.travel(NOON + timedelta(hours=2)) as clock:
        yield clock


@pytest.fixture
def courier(db: None) -> Outlet:
    return an_outlet()


@pytest.fixture
def port(courier: Outlet) -> Section:
    return a_section(courier)


@pytest.fixture
def ada(port: Section, courier: Outlet) -> User:
    return a_person("ada", Role.EDITOR, courier)


@pytest.fixture
def bo(port: Section) -> User:
    return a_person("bo", Role.REPORTER, port)


@pytest.fixture
def read(client: Any) -> Callable[..., HttpResponse]:
    """Ask for an address below the Courier, as it stands on the network's own host."""

    def ask(path: str = "") -> HttpResponse:
        answer: HttpResponse = client.get(f"/courier/{path}", headers={"host": "127.0.0.1:8000"})
        return answer

    return ask


@pytest.fixture
def work() -> Callable[[], int]:
    """Do the jobs that are due."""
    return run_due_jobs
