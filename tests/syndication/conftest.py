from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import time_machine

from . import newsroom


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(newsroom.NOON, tick=False):
        yield newsroom.NOON


@pytest.fixture
def at_clock() -> Callable[[datetime], Any]:
    return lambda moment: time_machine.travel(moment, tick=False)
