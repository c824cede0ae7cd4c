"""One visit to a page in Chromium, and everything that can be seen to be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from . import probes
from .axe import run_axe
from .findings import ToolMissing
from .page_report import PageReport
from .traffic import Traffic

Look = Literal["light", "dark"]
CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = (400, 800, 1280)
LOOKS: tuple[Look, ...] = ("light", "dark")
HEIGHT = 900
FLAGS = (
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Debian's Chromium, headless. Playwright's synchronous form: not inside an event loop."""
    if not CHROMIUM.exists():
        raise ToolMissing("Chromium is not installed; run bin/_node_tools.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def inspect_page(browser: Browser, url: str, width: int, look: Look) -> PageReport:
    """
    A first visit with an empty cache: load, read slowly to the end, then axe.

    Fonts and pictures are held back until the page has been painted, as on a slow line; on
    loopback they would come first and a shift on their arrival would never be seen.
    Raises playwright's Error when the page cannot be reached.
    """
    with _visit(browser, width, look) as page:
        cdp = page.context.new_cdp_session(page)
        page.add_init_script(probes.WATCH_SHIFTS)
        traffic = Traffic(page, cdp, url)
        release = _hold_fonts_and_pictures(cdp)
        answer = page.goto(url, wait_until="domcontentloaded")
        page.evaluate(probes.NEXT_PAINT)
        release()
        _read_to_the_end(page)
        seen = _look_inside(page, traffic)
        violations, undecided = run_axe(cdp)
    return PageReport(
        url=url,
        width=width,
        look=look,
        status=answer.status if answer else 0,
        axe_violations=violations,
        axe_undecided=undecided,
        **seen,
    )


def screenshot(
    browser: Browser,
    url: str,
    directory: Path,
    *,
    name: str = "",
    widths: tuple[int, ...] = WIDTHS,
    looks: tuple[Look, ...] = LOOKS,
) -> list[Path]:
    """The whole page as `<name>-<width>-<look>.png` for each width and look."""
    directory.mkdir(parents=True, exist_ok=True)
    stem = name or urlsplit(url).path.strip("/").replace("/", "-") or "front"
    files = []
    for width in widths:
        for look in looks:
            file = directory / f"{stem}-{width}-{look}.png"
            with _visit(browser, width, look) as page:
                page.emulate_media(reduced_motion="reduce")
                page.goto(url, wait_until="load")
                _read_to_the_end(page)
                page.screenshot(path=file, full_page=True)
            files.append(file)
    return files


@contextmanager
def _visit(browser: Browser, width: int, look: Look) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=look)
    try:
        yield context.new_page()
    finally:
        context.close()


def _hold_fonts_and_pictures(cdp: CDPSession) -> Any:
    held: list[str] = []
    is_open = False

    def paused(event: dict[str, Any]) -> None:
        if is_open:
            cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})
        else:
            held.append(event["requestId"])

    def release() -> None:
        nonlocal is_open
        is_open = True
        for request_id in held:
            cdp.send("Fetch.continueRequest", {"requestId": request_id})

    cdp.on("Fetch.requestPaused", paused)
    cdp.send("Fetch.enable", {"patterns": [{"resourceType": kind} for kind in ("Font", "Image")]})
    return release


def _read_to_the_end(page: Page) -> None:
    page.wait_for_load_state("load")
    page.evaluate(probes.FONTS_READY)
    page.evaluate(probes.SCROLL_SLOWLY)
    page.wait_for_load_state("networkidle")
    page.evaluate(probes.NEXT_PAINT)


def _look_inside(page: Page, traffic: Traffic) -> dict[str, Any]:
    """Read before axe runs, so nothing axe does is put down to the page."""
    for address in page.evaluate(probes.CONNECTION_HINTS):
        traffic.note_address(address)
    shifts = page.evaluate("() => window.__shifts")
    overflow_px, overflowing = page.evaluate(probes.OVERFLOW)
    return {
        "console": tuple(traffic.console),
        "page_errors": tuple(traffic.page_errors),
        "failed_requests": tuple(traffic.failed_requests),
        "third_party": tuple(traffic.third_party),
        "layout_shift": float(shifts["sum"]),
        "layout_shifts": tuple(shifts["moved"]),
        "overflow_px": int(overflow_px),
        "overflowing": tuple(overflowing),
        "fonts_hiding_text": tuple(page.evaluate(probes.FONTS_HIDING_TEXT)),
        "transfers": traffic.transfers(),
    }
