"""
Advertising in a browser: what a hostile creative can do, a blocker, who paid for none, and what
counts.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from masthead.ads.door import books_folder
from masthead.ads.door.books import Books
from tests.journeys.network import Network, run_code
from tests.journeys.people import PATIENCE_MS
from tests.journeys.reading import read

pytestmark = pytest.mark.journey
ARTICLE = "/courier/port/night-trial-halfway/"
OPEN = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from masthead.ads.models import Advertiser, Campaign, Creative, Flight, Place, Placement
from masthead.ads.places.offered import open_places
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.models import Outlet

now = timezone.now()
courier = Outlet.objects.get(slug="courier")
Campaign.objects.update(state="cancelled")
open_places(outlet_id=courier.pk, places=[Place.TOP, Place.SIDE, Place.CARD], at=now)
def a_creative(place, **fields):
    advertiser = Advertiser.objects.create(name=f"Shop of the {place}")
    campaign = Campaign.objects.create(advertiser=advertiser, name=place, state="booked")
    flight = Flight.objects.create(
        campaign=campaign, name=place, starts_at=now - timedelta(days=1), places=[place],
        priority="sponsorship", goal_kind="share", goal=1000,
    )
    Creative.objects.create(flight=flight, state="approved", **fields)
a_creative("top", kind="card", headline="<img src=x onerror=alert(1)>", link="https://a.example/")
a_creative("card", kind="card", headline="Press me", link="javascript:document.title='taken'")
a_creative("side", kind="html", html=HTML)
note_change(keys=[keys.advertising(courier.pk)], at=now)
"""
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
HOSTILE = """
<p>Buy</p><script>
window.got = [];
const attempt = (name, act) => { try { act(); got.push(name); } catch {} };
attempt("page", () => parent.document.body.remove());
attempt("cookie", () => document.cookie);
attempt("storage", () => localStorage.length);
attempt("form", () => parent.document.forms);
try { top.location = "https://elsewhere.example/"; } catch {}
fetch("/courier/readers/account/", {credentials: "include"})
  .then((answer) => answer.text()).then(() => got.push("session")).catch(() => {})
  .finally(() => { window.isDone = true; });
</script>
"""
# As blockers do it: the page's own policy would refuse a style element.
HIDE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("[data-ad] { display: none !important }");
  document.adoptedStyleSheets = [sheet];
}"""
CLOSE = """
import django
django.setup()
from django.utils import timezone
from masthead.ads.models import Campaign, Placement
from masthead.ads.places.offered import tell_pages
Campaign.objects.update(state="cancelled")
Placement.objects.all().delete()
tell_pages(at=timezone.now())
"""


@pytest.fixture(scope="module")
def selling(demo: Network) -> Iterator[Network]:
    """The Courier with three places, each bought by somebody who means harm."""
    run_code(f"HTML = {HOSTILE!r}\n{OPEN}", data=demo.data, base=demo.base)
    _until(demo, ARTICLE, 'data-ad="side"')
    _until(demo, "/courier/-/ads/list.json", "Shop of the side")
    yield demo
    run_code(CLOSE, data=demo.data, base=demo.base)


def _until(network: Network, path: str, words: str) -> None:
    """What lies on the shelf is given out until it is printed anew."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while words not in read(network.base + path).text:
        assert time.monotonic() < until, f"{path} was not printed anew"
        time.sleep(0.1)


@contextmanager
def opened(
    browser: Browser, url: str, *, without_policy: bool = False, agent: str | None = None
) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        bypass_csp=without_policy,
        reduced_motion="reduce",
        user_agent=agent,
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


@pytest.mark.parametrize("without_policy", [False, True], ids=["policy", "no policy"])
def test_a_hostile_creative_reaches_neither_page_nor_session(
    selling: Network, browser: Browser, without_policy: bool
) -> None:
    url = selling.base + ARTICLE
    with opened(browser, url, without_policy=without_policy) as page:
        expect(page.locator('.placement[data-ad="top"] b')).to_have_text(
            "<img src=x onerror=alert(1)>"
        )
        page.locator('.placement[data-ad="side"]').scroll_into_view_if_needed()
        frame = page.locator('.placement[data-ad="side"] iframe').element_handle().content_frame()
        assert frame is not None
        frame.wait_for_function("window.isDone")

        assert frame.evaluate("window.got") == []
        assert page.url == url
        assert page.locator("h1").count() == 1
        assert page.locator('.placement[data-ad="card"] a').get_attribute("href") != "javascript:"
        assert page.locator('a[href^="javascript:"]').count() == 0


def test_with_a_blocker_the_page_stands_as_if_it_had_no_places(
    selling: Network, browser: Browser
) -> None:
    with opened(browser, "about:blank") as page:
        page.route("**/-/ads/**", lambda route: route.abort())
        page.route("**/ads*.mjs", lambda route: route.abort())
        page.goto(selling.base + ARTICLE)
        house = page.locator(".placement[data-ad] .placement__box--house").count()
        page.evaluate(HIDE)
        wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        assert house == 3
        assert wide
        assert page.locator(".placement[data-ad] >> visible=true").count() == 0
        assert page.locator("main h1 >> visible=true").count() == 1


def test_what_a_person_sees_and_presses_counts_and_what_a_program_does_not(
    selling: Network, browser: Browser
) -> None:
    seen, pressed = _marks(selling)
    with opened(browser, "about:blank") as page:  # says that it is headless
        with page.expect_response("**/courier/-/ads/offer") as refused:
            page.goto(selling.base + ARTICLE)
        assert refused.value.status == 204  # no token, so nothing to tell

    with opened(browser, "about:blank", agent=FIREFOX) as page:
        page.route("https://a.example/**", lambda route: route.fulfill(body="The shop"))
        with page.expect_response("**/courier/-/ads/offer") as offered:
            page.goto(selling.base + ARTICLE)
        with page.expect_request("**/courier/-/ads/event"):
            page.locator('.placement[data-ad="top"]').scroll_into_view_if_needed()
        page.locator('.placement[data-ad="top"] a').click()
        page.wait_for_url("https://a.example/")
        _until_marked(selling, lambda marks: marks[0] > seen and marks[1] > pressed)

        assert offered.value.status == 200
    assert _marks(selling)[1] == pressed + 1


def _marks(network: Network) -> tuple[int, int]:
    """How many tokens were used for what was seen, and for what was pressed."""
    books = Books(books_folder(network.data))
    seen, pressed = (sum(book.marks(bit) for book in books.all()) for bit in (1, 2))
    books.close()
    return seen, pressed


def _until_marked(network: Network, is_so: Callable[[tuple[int, int]], bool]) -> None:
    until = time.monotonic() + PATIENCE_MS / 1000
    while not is_so(_marks(network)):
        assert time.monotonic() < until, f"{_marks(network)} is all that counted"
        time.sleep(0.1)
