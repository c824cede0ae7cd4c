"""One served copy of the demo for each process of a run, and which journeys share a process."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.network import Network, copy_demo, serve
from tests.journeys.people import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)


# Those that take longest, so that no process is left with one of them at the end.
FIRST = (
    "test_newsroom.py",
    "test_in_a_browser.py",
    "test_owner.py",
    "test_lighthouse.py",
    "test_programs.py",
    "test_public_pages.py",
    "test_feed_readers.py",
    "test_looks.py",
)


@pytest.hookimpl(tryfirst=True)  # before the processes share the files out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What one file does to the network stays in one process, of however many: `loadfile`."""
    journeys = [item for item in items if item.get_closest_marker("journey")]
    first = {name: place for place, name in enumerate(FIRST)}
    journeys.sort(key=lambda item: first.get(item.path.name, len(FIRST)))
    items[:] = [item for item in items if not item.get_closest_marker("journey")] + journeys


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    data = tmp_path_factory.mktemp("network") / "data"
    copy_demo(data)
    with serve(data) as network:
        yield network
    lines = [line for line in network.log.splitlines() if " ERROR " in line or "Traceback" in line]
    assert lines == [], "the program logged errors"
