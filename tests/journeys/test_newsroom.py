"""From the reporter's first word to the reader's screen, through the desk's own pages."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys import desk
from tests.journeys.cast import ADA, BO
from tests.journeys.network import Network
from tests.journeys.people import somebody
from tests.journeys.reading import read, read_when

pytestmark = pytest.mark.journey
AHEAD = timedelta(seconds=40)  # to set the schedule and leave the editor
PATIENCE = timedelta(seconds=60)
LATE_SECONDS = 3.0  # the worker looks twice a second; the rest is a busy machine
SCHEDULED = "Rain stops the cranes for four hours"
DIRECT = "Ferry will sail on Monday"


@dataclass(frozen=True)
class Scheduled:
    """seen: when readers first got it."""

    url: str
    due: datetime
    seen: "Future[datetime]"


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("camera") / "quay.jpg"
    Image.frombytes("RGB", (60, 40), os.urandom(60 * 40 * 3)).resize((1200, 800)).save(file)
    return file


@pytest.fixture(scope="module")
def editor(demo: Network, browser: Browser) -> Iterator[Page]:
    """Signed in once: a code of an authenticator works once."""
    with somebody(browser) as page:
        desk.sign_in(page, demo.base, ADA, with_code=True)
        yield page


@pytest.fixture(scope="module")
def plan(demo: Network, browser: Browser, photo: Path, editor: Page) -> Iterator[Scheduled]:
    """An article of Bo's that Ada scheduled; somebody watches for it from then on."""
    with somebody(browser) as page:
        desk.sign_in(page, demo.base, BO)
        desk.begin_article(page, demo.base, section="Port")
        desk.write(page, headline=SCHEDULED, standfirst="Wind was the reason.", text="It rained.")
        desk.choose_author(page, "Mara Okafor")
        desk.add_lead_picture(page, file=photo, alt="A wet quay")
        desk.act(page, "Submit to Copy desk")
        expect(desk.column(page, "Copy desk").get_by_text(SCHEDULED)).to_be_visible()

    desk.open_article(editor, demo.base, SCHEDULED)
    expect(editor.locator("#id_title")).to_have_value(SCHEDULED)
    due = full_minute_after(datetime.now(UTC) + AHEAD)
    desk.schedule(editor, due)
    desk.act(editor, "Approve and schedule")
    url = f"{demo.base}/courier/port/rain-stops-the-cranes-for-four-hours/"
    assert read(url).status == 404
    assert datetime.now(UTC) < due, "this machine was too slow for the schedule"
    with ThreadPoolExecutor(1) as watcher:
        yield Scheduled(url, due, watcher.submit(_first_seen, url, until=due + PATIENCE))


@pytest.fixture(scope="module")
def scheduled(plan: Scheduled) -> Scheduled:
    """As soon as readers have it."""
    plan.seen.result()
    return plan


def full_minute_after(at: datetime) -> datetime:
    """Wagtail's field keeps no seconds."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _first_seen(url: str, *, until: datetime) -> datetime:
    while datetime.now(UTC) < until:
        if read(url).status == 200:
            return datetime.now(UTC)
        time.sleep(0.1)
    raise AssertionError(f"{url} never appeared")


# These two while the schedule is waited for.
def test_an_editor_publishes_directly(demo: Network, editor: Page, plan: Scheduled) -> None:
    desk.begin_article(editor, demo.base, section="Port")
    desk.write(editor, headline=DIRECT, standfirst="Both crews agree.", text="At seven.")
    desk.choose_author(editor, "Ines Varga")
    desk.act(editor, "Publish")

    url = f"{demo.base}/courier/port/ferry-will-sail-on-monday/"

    page = read_when(url, lambda answer: answer.status == 200)

    assert page.status == 200
    assert "At seven." in page.text


def test_a_reporter_has_no_button_to_publish(
    demo: Network, browser: Browser, plan: Scheduled
) -> None:
    with somebody(browser) as page:
        desk.sign_in(page, demo.base, BO)
        desk.begin_article(page, demo.base, section="Port")

        expect(page.locator("[name=action-submit]")).to_have_count(1)
        expect(page.locator("[name=action-publish]")).to_have_count(0)


def test_a_scheduled_article_appears_on_the_second(scheduled: Scheduled) -> None:
    late = (scheduled.seen.result() - scheduled.due).total_seconds()

    assert 0 <= late < LATE_SECONDS


def test_its_picture_comes_with_the_words_for_those_who_cannot_see_it(
    scheduled: Scheduled, browser: Browser
) -> None:
    with somebody(browser) as reader:
        reader.goto(scheduled.url)

        expect(reader.get_by_role("img", name="A wet quay")).to_be_visible()
        expect(reader.get_by_text("It rained.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_reader_follows_the_byline_to_the_author(
    scheduled: Scheduled, browser: Browser, demo: Network, javascript: bool
) -> None:
    with somebody(browser, javascript=javascript) as reader:
        for path in ("", "authors/mara-okafor/"):
            read_when(f"{demo.base}/courier/{path}", lambda answer: SCHEDULED in answer.text)
        reader.goto(f"{demo.base}/courier/")
        reader.get_by_role("link", name=SCHEDULED).first.click()
        reader.get_by_role("link", name="Mara Okafor").first.click()

        expect(reader.get_by_role("heading", level=1)).to_contain_text("Mara Okafor")
        expect(reader.get_by_role("link", name=SCHEDULED).first).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_reader_finds_it_by_searching(
    scheduled: Scheduled, browser: Browser, demo: Network, javascript: bool
) -> None:
    with somebody(browser, javascript=javascript) as reader:
        reader.goto(f"{demo.base}/courier/search/")
        box = reader.get_by_role("main").get_by_label("Search the archive")
        box.fill("cranes")
        box.press("Enter")

        expect(reader.get_by_role("link", name=SCHEDULED).first).to_be_visible()


def test_a_reader_is_offered_it_while_typing(
    scheduled: Scheduled, browser: Browser, demo: Network
) -> None:
    with somebody(browser) as reader:
        reader.goto(f"{demo.base}/courier/search/")
        box = reader.get_by_role("combobox", name="Search the archive")
        box.press_sequentially("cran")
        offer = reader.get_by_role("option", name=SCHEDULED)
        expect(offer).to_be_visible()
        place = reader.get_by_role("option").all_inner_texts().index(SCHEDULED)
        for _ in range(place + 1):
            box.press("ArrowDown")
        expect(offer).to_have_attribute("aria-selected", "true")
        box.press("Enter")

        expect(reader.get_by_role("heading", level=1)).to_have_text(SCHEDULED)


@pytest.mark.parametrize("path", ["", "port/", "authors/mara-okafor/"])
@pytest.mark.parametrize("file", ["feed.xml", "atom.xml", "feed.json"])
def test_it_is_in_the_feeds(scheduled: Scheduled, demo: Network, path: str, file: str) -> None:
    url = f"{demo.base}/courier/{path}{file}"

    feed = read_when(url, lambda answer: scheduled.url in answer.text)

    assert scheduled.url in feed.text
