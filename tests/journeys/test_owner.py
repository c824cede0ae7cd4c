"""The owner's acts: the one-time link, the front page, the look, an author, an empty network."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import desk
from tests.journeys.network import ROOT, Network, environment, free_port
from tests.journeys.people import somebody
from tests.journeys.reading import Answer, read, read_when

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def owner(demo: Network, browser: Browser) -> Iterator[Page]:
    with somebody(browser) as page:
        desk.use_link(page, demo.run("sign-in").strip())
        desk.at_the_desk(page)
        yield page


def origin(page: Page) -> str:
    """Where the one-time link led: passkeys need the name localhost, not its number."""
    return "/".join(page.url.split("/")[:3])


def test_a_one_time_link_works_once(demo: Network, browser: Browser) -> None:
    link = demo.run("sign-in").strip()
    with somebody(browser) as page:
        desk.use_link(page, link)
        desk.at_the_desk(page)

    with somebody(browser) as page:
        page.goto(link)

        expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work")


def test_a_front_is_curated_by_dragging(demo: Network, owner: Page) -> None:
    owner.goto(f"{origin(owner)}/desk/fronts/courier/")
    found = owner.locator("[data-library] .found").filter(has_not_text="On the front").nth(1)
    headline = found.locator("h3").inner_text()

    desk.drag(owner, found.locator("[data-drag]"), owner.locator("[data-drop=lead]"))
    expect(owner.locator("[data-drop=lead] .slot h3").first).to_have_text(headline)
    expect(owner.locator("[data-status]")).to_contain_text("draft", ignore_case=True)
    before = read(f"{demo.base}/courier/")
    owner.get_by_role("button", name="Release", exact=True).click()
    expect(owner.get_by_text("Readers see this front now.")).to_be_visible()
    after = read_when(f"{demo.base}/courier/", lambda answer: lead_of(answer) == headline)

    assert lead_of(before) != headline
    assert lead_of(after) == headline


def lead_of(front: Answer) -> str:
    lead = front.tree.find_class("article-card--lead")[0]
    return " ".join(lead.find_class("article-card__headline")[0].text_content().split())


def test_a_new_accent_is_on_every_page_at_once(demo: Network, owner: Page) -> None:
    owner.goto(f"{origin(owner)}/desk/outlets/")
    owner.get_by_role("link", name="Look", exact=True).first.click()
    owner.locator("#id_accent").fill("#0b5d4a")
    desk.act(owner, "Publish")

    page = read_when(f"{demo.base}/courier/port/", lambda answer: "#0b5d4a" in answer.text)

    assert "#0b5d4a" in page.text


def test_a_new_author_has_a_page(demo: Network, owner: Page) -> None:
    owner.goto(f"{origin(owner)}/desk/authors/new/")
    owner.locator("#id_name").fill("Quentin Harrow")
    owner.locator("#id_post_nominals").fill("MSc")
    owner.locator("#id_role").fill("Night reporter")
    owner.locator("#id_outlets").select_option(label="The Harbour Courier")
    owner.get_by_role("button", name="Create", exact=True).click()
    expect(owner.get_by_text("Quentin Harrow").first).to_be_visible()

    url = f"{demo.base}/courier/authors/quentin-harrow/"
    page = read_when(url, lambda answer: answer.status == 200)

    assert page.status == 200
    assert "Quentin Harrow, MSc" in " ".join(page.tree.find(".//h1").text_content().split())


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[Network, str]]:
    """`masthead up --empty` and the sign-in address that it prints."""
    base = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-u", "-m", "masthead", "up", "--empty", "--bind", base[7:]]
    data = tmp_path / "data"
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(data, base), stdout=subprocess.PIPE, text=True
    ) as up:
        try:
            yield Network(base, data), _sign_in_address(up)
        finally:
            up.terminate()


def _sign_in_address(up: "subprocess.Popen[str]") -> str:
    assert up.stdout is not None
    for line in up.stdout:
        if "Sign in" in line:
            return line.split()[-1]
    raise AssertionError("`masthead up` ended without a sign-in address")


def test_an_empty_network_has_its_first_article_in_minutes(
    empty: tuple[Network, str], browser: Browser
) -> None:
    network, link = empty
    with somebody(browser) as page:
        desk.use_link(page, link)
        page.get_by_label("Name of the network").fill("Lantern")
        page.get_by_label("Name of your first title").fill("The Lantern")
        page.get_by_label("Your name").fill("Di Marsh")
        page.get_by_label("Your e-mail address").fill("di@lantern.example")
        page.get_by_role("button", name="Set it up").click()
        page.get_by_role("main").get_by_role("link", name="News", exact=True).click()
        desk.write(page, headline="We begin", standfirst="Today.", text="The first word.")
        expect(page.locator("#id_article_authors-0-author-title")).to_contain_text("Di Marsh")
        desk.act(page, "Publish")

    front = f"{network.base}/the-lantern/"
    read_when(front, lambda answer: "We begin" in answer.text)
    with somebody(browser, javascript=False) as reader:
        reader.goto(front)
        reader.get_by_role("link", name="We begin").first.click()

        expect(reader.get_by_role("heading", level=1)).to_have_text("We begin")
        expect(reader.get_by_text("The first word.")).to_be_visible()
        expect(reader.get_by_role("link", name="Di Marsh").first).to_be_visible()
