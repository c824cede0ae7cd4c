"""The script of prompts in a browser: it counts on the device, and moves nothing that is seen."""

from pathlib import Path
from typing import Any

import pytest

from masthead import memberships
from masthead.outlets.rendering import render

SCRIPT = Path(memberships.__file__).parent / "static/masthead/js/prompts.mjs"
pytestmark = pytest.mark.journey
AT = "http://courier.example"
# Layout shifts since the page began, as the browser itself counts them.
SHIFTS = """new Promise((tell) => new PerformanceObserver((list) =>
  tell(list.getEntries().reduce((sum, each) => sum + each.value, 0))
).observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => tell(0), 60))"""


@pytest.fixture
def reader(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 400, "height": 600})
    pages: dict[str, str] = {}

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(AT)
        if path == "/prompts.mjs":
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        else:
            route.fulfill(body=pages.get(path, ""), content_type="text/html")

    context.route("**/*", answer)
    page = context.new_page()
    page.clock.install(time="2026-11-16T12:00:00Z")

    def read(path: str, *, above: int = 2_000, after: int = 0, days: int = 0) -> Any:
        prompt = {
            "id": "0123456789ab",
            "headline": "Read on",
            "text": "",
            "button": "Join",
            "after": after,
            "days": days,
        }
        aside = render(
            "memberships/prompt.html",
            {"prompt": prompt, "url": "/", "is_counted": True, "script": "/prompts.mjs"},
        )
        pages[path] = (
            f'<!doctype html><title>x</title><article class="article">'
            f'<div style="height:{above}px"></div>{aside}<p>Below</p></article>'
        )
        page.goto(f"{AT}{path}")
        page.wait_for_function("localStorage.getItem('masthead:prompts') !== null")
        return page

    yield read
    context.close()


def is_shown(page: Any) -> bool:
    return bool(page.locator("[data-prompt]").is_visible())


def test_it_waits_for_its_article_and_one_that_is_opened_again_counts_once(reader):
    seen = [is_shown(reader(path, after=3)) for path in ("/a/", "/a/", "/b/", "/b/", "/c/", "/d/")]

    assert seen == [False, False, False, False, True, True]


def test_it_rests_after_it_was_seen_and_only_then(reader):
    unseen = [is_shown(reader(path, days=7)) for path in ("/a/", "/b/")]
    page = reader("/c/", days=7)
    page.locator("[data-prompt]").scroll_into_view_if_needed()
    page.wait_for_function("localStorage.getItem('masthead:prompts').includes('shown')")

    rests = is_shown(reader("/d/", days=7))
    page.clock.set_fixed_time("2026-11-24T12:00:00Z")
    again = is_shown(reader("/e/", days=7))

    assert (unseen, rests, again) == ([True, True], False, True)


@pytest.mark.parametrize(("above", "shown"), [(100, False), (2_000, True)])
def test_nothing_that_is_looked_at_moves(reader, above, shown):
    page = reader("/a/", above=above, days=1)

    assert (is_shown(page), page.evaluate(SHIFTS)) == (shown, 0)


def test_what_stays_on_the_device_names_nobody(reader):
    page = reader("/a/", after=2)

    kept = page.evaluate("JSON.parse(localStorage.getItem('masthead:prompts'))")
    assert kept == {"month": "2026-11", "opened": 1, "last": "/a/"}
    assert page.context.cookies() == []
