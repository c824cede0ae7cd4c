"""What people do at the desk, in the words of the newsroom."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.journeys.cast import PASSWORD, Person, code_now

DIALOG = ".modal.in, dialog[open]"
COURIERS_CLOCK = ZoneInfo("Europe/Copenhagen")


def sign_in(page: Page, base: str, person: Person, *, with_code: bool = False) -> None:
    page.goto(f"{base}/desk/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if with_code:
        code = page.get_by_label("Code")
        code.fill(code_now())
        code.press("Enter")
    at_the_desk(page)


def use_link(page: Page, link: str) -> None:
    """A one-time link, such as the command line prints."""
    page.goto(link)
    page.get_by_role("button", name="Go to the desk").click()


def at_the_desk(page: Page) -> None:
    expect(page.get_by_role("heading", level=1, name=re.compile("^Budget"))).to_be_visible()


def column(page: Page, name: str) -> Locator:
    """A column of the budget."""
    return page.get_by_role("region", name=re.compile(f"^{name}"))


def open_article(page: Page, base: str, headline: str) -> None:
    page.goto(f"{base}/desk/")
    page.get_by_role("link", name=headline).first.click()


def begin_article(page: Page, base: str, *, section: str) -> None:
    page.goto(f"{base}/desk/articles/new/")
    page.get_by_role("main").get_by_role("link", name=section, exact=True).first.click()


def write(page: Page, *, headline: str, standfirst: str, text: str) -> None:
    page.locator("#id_title").fill(headline)
    page.locator("#id_standfirst").fill(standfirst)
    page.locator(".public-DraftEditor-content[contenteditable=true]").first.click()
    page.keyboard.type(text)


def choose_author(page: Page, name: str) -> None:
    page.locator("#id_article_authors-ADD").click()
    chooser = page.locator("#id_article_authors-0-author-chooser")
    chooser.locator("[data-chooser-action-choose]:visible").first.click()
    page.locator(DIALOG).get_by_role("link", name=name).first.click()
    expect(page.locator("#id_article_authors-0-author-title")).to_contain_text(name)


def add_lead_picture(page: Page, *, file: Path, alt: str) -> None:
    """At the second try: the first one says where it came from, but not as an address."""
    chooser = page.locator("#id_lead_picture-chooser")
    chooser.locator("[data-chooser-action-choose]:visible").first.click()
    dialog = page.locator(DIALOG)
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.locator("[name$=title]").fill("The quay")
    dialog.locator("[name$=description]").fill(alt)
    dialog.locator("[name$=source_url]").fill("the archive")
    dialog.get_by_role("button", name="Upload").click()
    # What is wrong is said, and the file has not to be chosen again.
    expect(dialog.get_by_text("Enter a valid URL.")).to_be_in_viewport()
    dialog.locator("[name$=source_url]").fill("")
    dialog.get_by_role("button", name="Upload").click()
    expect(page.locator("#id_lead_picture-title")).to_contain_text("The quay")


def act(page: Page, label: str) -> None:
    """One of the actions at the foot of the editor: the main button, or in the menu beside it."""
    wait_until_saved(page)
    foot = page.get_by_role("navigation", name="Actions (footer)")
    button = foot.get_by_role("button", name=label)
    if not button.first.is_visible():
        foot.locator(".w-dropdown__toggle").click()
    with page.expect_navigation():
        button.first.click()


def wait_until_saved(page: Page) -> None:
    """The editor saves by itself after each change; leaving in between asks a question."""
    page.wait_for_timeout(500)
    expect(page.get_by_text("Saving…").first).to_be_hidden()


def schedule(page: Page, at: datetime) -> None:
    """
    Sets the time, a full minute; it counts once the article is scheduled to be published.

    Entered by the clock of the article's readers, as everywhere at the desk.
    """
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("#id_go_live_at").fill(f"{at.astimezone(COURIERS_CLOCK):%Y-%m-%d %H:%M:%S}")
    with page.expect_navigation():
        # By keyboard: the field's calendar opens over the button.
        page.get_by_role("button", name="Save the time").press("Enter")


def drag(page: Page, what: Locator, where: Locator) -> None:
    """With the mouse, in steps, as a hand does."""
    what.scroll_into_view_if_needed()
    start = what.bounding_box()
    assert start is not None
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 14, steps=3)
    end = where.bounding_box()
    assert end is not None
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 8, steps=12)
    page.mouse.up()
