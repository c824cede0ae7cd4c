"""One browser and one served copy of the demo for a whole run."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.checks.browser import open_browser
from tests.journeys.network import Network, copy_demo, serve
from tests.journeys.people import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    What one file does to the network stays in one process; visits in a browser only look at it,
    and are whatever process has time for them.
    """
    for item in items:
        if item.get_closest_marker("journey") and item.path.name != "test_in_a_browser.py":
            item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    data = tmp_path_factory.mktemp("network") / "data"
    copy_demo(data)
    with serve(data) as network:
        yield network
    lines = [line for line in network.log.splitlines() if " ERROR " in line or "Traceback" in line]
    assert lines == [], "the program logged errors"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened
