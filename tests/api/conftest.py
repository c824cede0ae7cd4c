import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from masthead.accounts.models import User
from tests.factories import NETWORK, NOON
from tests.press.conftest import kept, network, short_lists

__all__ = ["kept", "network", "short_lists"]


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield NOON


@pytest.fixture
def ask(client: Any, port: Any) -> Callable[..., Any]:
    """What the Courier's API answers: status and data."""

    def asked(path: str, **headers: str) -> tuple[int, Any]:
        answer = client.get(f"/courier/api/v1/{path}", headers={"host": NETWORK} | headers)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    return asked


@pytest.fixture
def at_clock() -> Callable[[Any], Any]:
    return lambda moment: time_machine.travel(moment, tick=False)


@pytest.fixture
def owner(courier: Any) -> User:
    return User.objects.create_superuser("olga@courier.example", first_name="Olga")
