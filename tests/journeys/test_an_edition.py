"""An editor makes an edition by hand: filled, looked at, tried on herself, put on the clock."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import desk
from tests.journeys.cast import ADA
from tests.journeys.mail import mail_to
from tests.journeys.network import Network

pytestmark = pytest.mark.journey
SUBJECT = "What the ferries did on Sunday"


def test_from_an_empty_edition_to_one_that_waits_for_its_hour(
    demo: Network, browser: Browser
) -> None:
    page = browser.new_page()
    desk.sign_in(page, demo.base, ADA)
    page.goto(f"{demo.base}/desk/newsletters/courier/")
    page.get_by_role("button", name="New edition").first.click()
    told = page.get_by_role("status").first

    page.locator("[data-line=subject]").fill(SUBJECT)
    expect(told).to_have_text("Saved.")
    found = page.locator("[data-library] .found").filter(has_not_text="In this edition").first
    headline = found.get_by_role("heading").inner_text()
    found.get_by_role("button").click()
    expect(page.locator(".edition-shown").last).to_contain_text(headline)
    expect(told).to_have_text("Saved.")

    for name in ("Light", "Dark", "As text"):
        look = page.locator(f"iframe[title='{name}']")
        look.scroll_into_view_if_needed()
        expect(look.content_frame.locator("body")).to_contain_text(headline)

    page.get_by_label("Send a test to").fill(ADA.email)
    page.get_by_role("button", name="Send the test").click()
    assert headline in " ".join(mail_to(demo, ADA.email).split())

    due = datetime.now(desk.COURIERS_CLOCK) + timedelta(days=1)
    page.get_by_label("Goes out").fill(due.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Schedule", exact=True).click()
    page.goto(f"{demo.base}/desk/newsletters/courier/")
    card = page.locator(".edition-cards li").filter(has_text=SUBJECT)
    expect(card).to_contain_text("Scheduled")
    page.context.close()
