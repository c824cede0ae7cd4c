from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from .errands import notes as kept

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def notes() -> Iterator[list[str]]:
    """What the errands of this test did, in order."""
    kept.clear()
    yield kept
    kept.clear()


@pytest.fixture
def noon() -> datetime:
    return NOON
