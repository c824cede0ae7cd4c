"""Every kind of public page in Chromium: what only a browser can tell."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.checks.browser import LOOKS, WIDTHS, Look, inspect_page
from tests.checks.findings import Finding
from tests.checks.page_report import PageReport, check_budget
from tests.journeys.network import Network
from tests.journeys.public_pages import PublicPage, public_pages

pytestmark = pytest.mark.journey
PAGES = public_pages(today=datetime.now(UTC))
# The address itself answers 404 or 410: that the browser says so is no fault of the page.
SAID_BY_THE_BROWSER = "Failed to load resource"
# Made of fonts the reader has (local() only), so the browser waits for nothing.
LOCAL_FACES = ("Newsreader Georgia ", "Newsreader Times ", "Inter Arial ")


def visits() -> list[tuple[PublicPage, int, Look]]:
    """Some pages at every width in both looks; each of the others once, narrow and light."""
    closely = [
        (page, width, look) for page in PAGES if page.closely for width in WIDTHS for look in LOOKS
    ]
    once: list[tuple[PublicPage, int, Look]] = [
        (page, 400, "light") for page in PAGES if not page.closely
    ]
    return [*closely, *once]


@pytest.mark.parametrize(
    ("page", "width", "look"), visits(), ids=lambda value: str(value).replace(" ", "-")
)
def test_it_holds(
    demo: Network, browser: Browser, page: PublicPage, width: int, look: Look
) -> None:
    report = inspect_page(browser, demo.base + quote(page.path, safe="/?=.-"), width, look)
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
