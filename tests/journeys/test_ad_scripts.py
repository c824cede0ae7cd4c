"""
The scripts of advertising in a browser, on a page of their own: what counts as a press in a frame,
and when others' tags load.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route

pytestmark = pytest.mark.journey
MODULES = Path(__file__).parents[2] / "masthead/ads/static/masthead/js"
HOME, SELLER = "https://paper.example", "https://seller.example"
PLACE = '<div class="placement" data-ad="{place}"{more}><p>From us</p><a href="/">Ours</a></div>'
LIST = {
    "v": 1,
    "n": "1",
    "tz": "UTC",
    "f": [
        {
            "i": 1,
            "p": 1,
            "w": [0, 0],
            "c": {"top": 1},
            "a": [{"i": 10, "k": "html", "at": ["top"], "u": "/frame.html"}],
        }
    ],
}
# A sandboxed frame of no origin, as ours are.
FRAME = '<a id="shop" href="https://shop.example/" target="_blank">Buy</a>'
WORDS = json.dumps({"ad": "Advertisement", "by": "By {}", "house": "From us"})
CONSENT = {
    "no answer yet": "window.__tcfapi = (name, version, then) => { window.agree = then; }",
    "agreed": "window.__tcfapi = (name, version, then) => { window.agree = then; }",
    "global privacy control": """
      Object.defineProperty(navigator, "globalPrivacyControl", { value: true });
      window.__tcfapi = (name, version, then) => then(window.yes, true);""",
    "no tool": "",
}
YES = '{ eventStatus: "useractioncomplete", purpose: { consents: { 1: true } } }'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 600})
    yield context.new_page()
    context.close()


def serve(page: Page, body: str) -> list[str]:
    """The page's address is HOME; answers what is asked for besides, and with what, as it comes."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(f"{request.url.removeprefix(HOME)} {request.post_data or ''}".strip())

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        if path == "/":
            route.fulfill(body=f"<!doctype html>{body}", content_type="text/html")
        elif path.endswith(".mjs"):
            route.fulfill(path=MODULES / path.lstrip("/"), content_type="text/javascript")
        elif path == "/-/ads/list.json":
            route.fulfill(json=LIST)
        elif path == "/-/ads/offer":
            route.fulfill(json={"tokens": ["TOKEN"]})
        else:
            route.fulfill(body=FRAME, content_type="text/html")

    page.context.on("request", note)
    page.context.route("**", answer)
    page.goto(HOME)
    return asked


@pytest.mark.parametrize(("way", "clicks"), [("pointer", 1), ("tab", 0), ("tab over the frame", 0)])
def test_only_what_is_pressed_in_a_frame_is_a_click(page: Page, way: str, clicks: int) -> None:
    script = (
        '<script type="module" src="/ads.mjs" data-list="/-/ads/list.json"'
        f" data-page='{{}}' data-words='{WORDS}'></script>"
    )
    asked = serve(page, f"<button>First</button>{PLACE.format(place='top', more='')}{script}")
    frame = page.frame_locator("iframe")
    frame.locator("#shop").wait_for()
    if way == "tab over the frame":
        frame.locator("#shop").hover()
    if way == "pointer":
        with page.context.expect_page():
            frame.locator("#shop").click()
    else:
        page.locator("button").focus()
        page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.tagName === 'IFRAME'")
    page.goto("about:blank")  # leaving sends what waits

    pressed = [line for line in asked if line.startswith("/-/ads/event") and "c TOKEN" in line]
    assert len(pressed) == clicks


@pytest.mark.parametrize(
    ("answer", "loads"),
    [
        ("no answer yet", False),
        ("agreed", True),
        ("global privacy control", False),
        ("no tool", False),
    ],
)
def test_a_tag_loads_once_the_reader_agreed_and_it_comes_near(
    page: Page, answer: str, loads: bool
) -> None:
    page.add_init_script(f"window.yes = {YES};{CONSENT[answer]}")
    more = f' data-ad-tag="{SELLER}/tag.html" data-ad-needs="consent"'
    asked = serve(
        page,
        f'<div style="height: 3000px"></div>{PLACE.format(place="top", more=more)}'
        f"<script data-list data-words='{WORDS}'></script>"
        '<script type="module" src="/ad-tags.mjs"></script>',
    )
    page.wait_for_load_state("networkidle")
    if answer == "agreed":
        page.evaluate("agree(window.yes, true)")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    far = [line for line in asked if line.startswith(SELLER)]

    page.locator(".placement").scroll_into_view_if_needed()
    if loads:
        page.locator(".placement iframe").wait_for()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")

    near = [line for line in asked if line.startswith(SELLER)]
    assert (far, near) == ([], [f"{SELLER}/tag.html"] if loads else [])
    assert page.locator(".placement > a").count() == (0 if loads else 1)
