"""Readers with a browser before an nginx that serves the mirror, and asks the program else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.checks.browser import inspect_page
from tests.journeys.behind_nginx import nginx_before
from tests.journeys.network import Network, free_port
from tests.journeys.people import somebody
from tests.journeys.reading import Answer, read, read_when

pytestmark = pytest.mark.journey
ARTICLE = "/courier/port/night-trial-halfway/"
FRONT = "/courier/"
FROM_FILES = (FRONT, ARTICLE, "/courier/feed.xml", "/courier/sitemap.xml")
# What a page looks like: of each element its place, and what its style comes to.
LOOK = """() => [...document.body.querySelectorAll("*")].map(each => {
    const style = getComputedStyle(each), box = each.getBoundingClientRect();
    return [each.tagName, style.color, style.backgroundColor, style.font, style.display,
            Math.round(box.x), Math.round(box.width)].join(" ");
})"""
TYPEFACES = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .filter(rule => rule instanceof CSSFontFaceRule)
    .map(rule => /url\\("([^"]+woff2)"\\)/.exec(rule.cssText)?.[1]).filter(Boolean)"""
# A style and a script as somebody would slip them in.
SLIPPED_IN = """async () => {
    const refused = [];
    document.addEventListener("securitypolicyviolation", seen => {
        refused.push(seen.effectiveDirective);
    });
    const style = document.createElement("style");
    style.textContent = "body { display: none }";
    const script = document.createElement("script");
    script.textContent = "document.title = 'mine'";
    document.body.append(style, script);
    const image = new Image();
    image.src = "http://127.0.0.2:9/pixel.gif";
    await new Promise(done => { image.onerror = done; });
    await new Promise(done => setTimeout(done));
    return [getComputedStyle(document.body).display, document.title === "mine", refused.sort()];
}"""


@pytest.fixture(scope="module")
def nginx(demo: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Once what the tests read lies in the mirror."""
    program = demo.base.removeprefix("http://")
    with nginx_before(demo, tmp_path_factory.mktemp("nginx"), program=program) as base:
        for path in FROM_FILES:
            assert is_file(read_when(base + path, is_file)), path
        yield base


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    with somebody(browser) as page:
        yield page


def is_file(answer: Answer) -> bool:
    """Whether nginx answered by itself: the program's pages carry their keys."""
    return answer.status == 200 and "Surrogate-Key" not in answer.headers


@pytest.mark.parametrize("path", [FRONT, ARTICLE])
def test_a_page_from_the_mirror_is_without_fault_in_a_browser(
    browser: Browser, nginx: str, path: str
) -> None:
    report = inspect_page(browser, nginx + path, 1280, "light")
    findings = [each for each in report.findings() if each.rule != "font-hides-text"]

    assert report.status == 200
    assert not findings, "\n".join(map(str, findings))


def test_it_looks_as_it_does_from_the_program(demo: Network, nginx: str, reader: Page) -> None:
    # What a device chooses differs from visit to visit; without the list it has nothing to choose.
    reader.route("**/-/ads/list.json", lambda route: route.abort())
    # A typeface that comes late is not waited for, so it is compared by its bytes.
    reader.route("**/*.woff2", lambda route: route.abort())
    looks, typefaces = [], []
    for base in (nginx, demo.base):
        reader.goto(base + ARTICLE, wait_until="load")
        looks.append(reader.evaluate(LOOK))
        typefaces.append([read(base + address).body for address in reader.evaluate(TYPEFACES)])

    assert looks[0] == looks[1]
    assert len(looks[0]) > 100
    assert typefaces[0] == typefaces[1]
    assert len(typefaces[0]) == 2


def test_the_policy_that_a_page_carries_holds(nginx: str, reader: Page) -> None:
    reader.goto(nginx + ARTICLE)

    display, has_run, refused = reader.evaluate(SLIPPED_IN)

    assert (display, has_run) == ("block", False)
    assert set(refused) == {"img-src", "script-src-elem", "style-src-elem"}


def test_what_is_no_file_comes_from_the_program(nginx: str, reader: Page) -> None:
    reader.goto(nginx + ARTICLE)
    reader.goto(f"{nginx}/courier/search/?q=pilots")
    expect(reader.get_by_role("main").get_by_role("link").first).to_be_visible()
    found = reader.get_by_role("main").get_by_role("link").count()
    missing = reader.goto(f"{nginx}/courier/nothing-here/")
    account = reader.goto(f"{nginx}/account/login/")

    assert found > 1
    assert [answer and answer.status for answer in (missing, account)] == [404, 200]


def test_whoever_has_a_class_is_answered_by_the_program(nginx: str, reader: Page) -> None:
    reader.context.add_cookies([{"name": "masthead_class", "value": "members.9.x", "url": nginx}])

    answer = reader.goto(nginx + ARTICLE)

    assert answer is not None
    assert (answer.status, "surrogate-key" in answer.headers) == (200, True)


@pytest.mark.usefixtures("nginx")  # until what is read here lies in the mirror
def test_pages_stay_when_the_program_is_away(demo: Network, reader: Page, tmp_path: Path) -> None:
    with nginx_before(demo, tmp_path, program=f"127.0.0.1:{free_port()}") as base:
        article = reader.goto(base + ARTICLE)
        expect(reader.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        reader.locator(f'a[href="{FRONT}"]').first.click()
        expect(reader.get_by_role("main").get_by_role("article").first).to_be_visible()
        search = read(f"{base}/courier/search/?q=pilots")

    assert article is not None
    assert article.status == 200
    assert reader.url == base + FRONT
    assert (search.status, search.headers["Retry-After"]) == (503, "30")
    assert search.text == "This is being mended. Please come back in a minute.\n"
