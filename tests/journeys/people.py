"""Somebody at a browser of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

PATIENCE_MS = 20_000  # a busy machine; nothing of this is a measurement


@contextmanager
def somebody(browser: Browser, *, javascript: bool = True) -> Iterator[Page]:
    """A page with nothing in its cache and no cookies; what it logs as an error is a fault."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        java_script_enabled=javascript,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert errors == [], "scripts failed"
