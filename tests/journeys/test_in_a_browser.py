"""Every kind of public page in Chromium: what only a browser can tell."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.checks.browser import LOOKS, WIDTHS, Look, inspect_page, open_browser
from tests.checks.findings import Finding
from tests.checks.page_report import PageReport, check_budget
from tests.journeys.network import Network
from tests.journeys.public_pages import PublicPage, public_pages

pytestmark = pytest.mark.journey
PAGES = public_pages(today=datetime.now(UTC))
VISITORS = 3  # of the two seconds that a visit takes, most are waiting: for quiet, for scrolling
PATIENCE_SECONDS = 300
Visit = tuple[PublicPage, int, Look]
# The address itself answers 404 or 410: that the browser says so is no fault of the page.
SAID_BY_THE_BROWSER = "Failed to load resource"
# Made of fonts the reader has (local() only), so the browser waits for nothing.
LOCAL_FACES = ("Newsreader Georgia ", "Newsreader Times ", "Inter Arial ")


def visits() -> list[Visit]:
    """Some pages at every width in both looks; each of the others once, narrow and light."""
    closely = [
        (page, width, look) for page in PAGES if page.closely for width in WIDTHS for look in LOOKS
    ]
    once: list[Visit] = [(page, 400, "light") for page in PAGES if not page.closely]
    return [*closely, *once]


@pytest.fixture(scope="module")
def reports(
    demo: Network, request: pytest.FixtureRequest
) -> Iterator[dict[Visit, "Future[PageReport]"]]:
    """What visitors with a browser each see, of all visits that this run asks for."""
    asked = [item.callspec.params for item in request.session.items if item.path == request.path]
    found: dict[Visit, Future[PageReport]] = {
        (each["page"], each["width"], each["look"]): Future() for each in asked
    }
    todo: SimpleQueue[Visit] = SimpleQueue()
    for visit in found:
        todo.put(visit)
    visitors = [Thread(target=_visit, args=(demo.base, todo, found)) for _ in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    yield found
    with suppress(Empty):  # when the run ends early
        while True:
            todo.get_nowait()
    for visitor in visitors:
        visitor.join()


def _visit(base: str, todo: "SimpleQueue[Visit]", found: dict[Visit, "Future[PageReport]"]) -> None:
    browser: Browser | None = None
    with suppress(Empty), ExitStack() as until_the_end:
        while True:
            visit = page, width, look = todo.get_nowait()
            try:
                if browser is None:
                    browser = until_the_end.enter_context(open_browser())
                url = base + quote(page.path, safe="/?=.-")
                found[visit].set_result(inspect_page(browser, url, width, look))
            except Exception as error:
                found[visit].set_exception(error)


@pytest.mark.parametrize(
    ("page", "width", "look"), visits(), ids=lambda value: str(value).replace(" ", "-")
)
def test_it_holds(
    reports: dict[Visit, "Future[PageReport]"], page: PublicPage, width: int, look: Look
) -> None:
    report = reports[page, width, look].result(timeout=PATIENCE_SECONDS)
    findings = [*_findings(report, page), *check_budget(report)]

    assert report.status == page.status
    assert not findings, "\n".join(map(str, findings))


def _findings(report: PageReport, page: PublicPage) -> list[Finding]:
    return [f for f in report.findings() if not _is_expected(f, report, page)]


def _is_expected(finding: Finding, report: PageReport, page: PublicPage) -> bool:
    if finding.rule == "font-hides-text":
        return finding.message.startswith(LOCAL_FACES)
    if page.status < 400 or finding.rule not in {"console", "failed-request"}:
        return False
    return SAID_BY_THE_BROWSER in finding.message or report.url in finding.message
