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
    link = demo.run("sign-in", ADA.email).strip().replace("//localhost:", "//127.0.0.1:")
    desk.use_link(page, link)
    desk.at_the_desk(page)
    page.goto(f"{demo.base}/desk/newsletters/courier/")
    page.get_by_role("button", name="New edition").first.click()
    told = page.locator("[data-status]")

    expect(page.locator("[data-count=subject]")).not_to_be_empty()  # the editor is there
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
    page.get_by_label("Goes out", exact=True).fill(due.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Schedule", exact=True).click()
    page.goto(f"{demo.base}/desk/newsletters/courier/")
    cards = page.locator(".edition-cards li").filter(has_text=SUBJECT)
    expect(cards.filter(has_text="Scheduled").first).to_be_visible()
    page.context.close()
