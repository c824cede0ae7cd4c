from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse

from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet

from . import newsroom


@pytest.fixture
def media_root(settings: Any) -> Path:
    return Path(settings.MEDIA_ROOT)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(newsroom.NOON, tick=False):
        yield newsroom.NOON


@pytest.fixture
def courier(db: None) -> Outlet:
    return newsroom.an_outlet()


@pytest.fixture
def port(courier: Outlet) -> Section:
    return newsroom.a_section(courier)


@pytest.fixture
def sheet(courier: Outlet, port: Section) -> Sheet:
    return get_sheet(outlet_id=courier.pk)


@pytest.fixture
def read(client: Any) -> Callable[..., HttpResponse]:
    """Ask for an address below the Courier, as it stands on the network's own host."""

    def ask(path: str = "", **headers: str) -> HttpResponse:
        response: HttpResponse = client.get(
            f"/courier/{path}", headers={"host": "127.0.0.1:8000", **headers}
        )
        return response

    return ask


@pytest.fixture
def at_clock() -> Callable[[datetime], Any]:
    return lambda moment: time_machine.travel(moment, tick=False)
