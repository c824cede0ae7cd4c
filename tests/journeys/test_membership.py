"""Buying from an article and cancelling again, in a real browser, with and without JavaScript."""

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.network import Network

pytestmark = pytest.mark.journey
ARTICLE = "/courier/port/storm-odile-amber/"
FOR_MEMBERS = "/courier/fisheries/last-net-mender/"
PATIENCE_SECONDS = 30
CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_reader_buys_and_cancels(demo: Network, browser: Browser, scripts: bool) -> None:
    email = f"member-{scripts}@reader.example".lower()
    page = browser.new_context(java_script_enabled=scripts, base_url=demo.base).new_page()

    page.goto(ARTICLE)
    page.locator(".membership-offer a").first.click()
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="On to paying").click()
    page.get_by_role("button", name="Pay").click()

    expect(page).to_have_url(re.compile(re.escape(ARTICLE)))
    expect(page.locator(".membership-offer")).to_have_count(0)

    _sign_in(page, demo.data, email)
    page.get_by_role("link", name="Cancel", exact=True).click()
    page.get_by_role("button", name="Cancel now").click()

    expect(page.get_by_text("Cancelled. You have it until:")).to_be_visible()
    expect(page.get_by_role("button", name="Stay after all")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_members_article_is_read_for_nothing(
    demo: Network, browser: Browser, scripts: bool
) -> None:
    page = browser.new_context(java_script_enabled=scripts, base_url=demo.base).new_page()

    page.goto(FOR_MEMBERS)
    expect(page.locator(".members-part")).to_have_count(0)
    page.get_by_role("button", name="Read this article").click()

    expect(page.locator(".members-part")).to_be_visible()
    expect(page.locator(".gate")).to_have_count(0)
    assert (FOR_MEMBERS in page.url) is scripts
    page.context.close()


def _sign_in(page: Page, data: Path, email: str) -> None:
    page.goto("/courier/membership/")
    page.locator("main").get_by_role("link", name="Sign in").click()
    page.locator("main input[type=email]").fill(email)
    page.locator("main form button").first.click()
    page.locator("main input[name=code]").fill(_code(data / "mail", email))
    page.locator("main form button").first.click()
    page.goto("/courier/membership/")


def _code(folder: Path, email: str) -> str:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            text = message.get_body(("plain",)) if email in str(message["To"]) else None
            found = CODE.search(text.get_content()) if text is not None else None
            if found:
                return found[0]
        time.sleep(0.2)
    raise AssertionError(f"No code came for {email}.")
