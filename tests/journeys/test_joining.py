"""A reader joins from an article, confirms, chooses, leaves; signs in; machines look first."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.mail import code_in, link_in, mail_to, scan
from tests.journeys.network import Network, run_code

pytestmark = pytest.mark.journey

# To nobody else of the list; and says by which link they leave it.
SEND_EDITION = """
import django
django.setup()
from django.utils import timezone
from masthead.articles.models import PublishedArticle
from masthead.newsletters.audiences import read_audience
from masthead.newsletters.blocks import clean_blocks
from masthead.newsletters.joining import links
from masthead.newsletters.models import Edition, Subscription
from masthead.newsletters.sending.actions import schedule_edition
from masthead.outlets.queries import get_sheet
from masthead.readers.actions import label_reader
from masthead.readers.models import Label, Segment
found = Subscription.objects.get(reader__email={email!r}, newsletter__name="The Evening Courier")
sheet = get_sheet(outlet_id=found.newsletter.outlet_id)
now = timezone.now()
label_reader(reader=found.reader, name={email!r}[:40])
rule = dict(rule="label", value=str(Label.objects.get(name={email!r}[:40]).pk))
part = Segment.objects.create(name={email!r}, rules=[rule], made_at=now)
here = PublishedArticle.objects.filter(outlet=found.newsletter.outlet_id)
article = here.get(path="briefs/brief-1/")
edition = Edition.objects.create(
    newsletter=found.newsletter,
    subject="One thing tonight",
    blocks=clean_blocks([dict(kind="article", article=article.article_id, size="lead")]),
    segment=read_audience(str(part.public_id)),
    made_at=now,
)
schedule_edition(edition=edition, at=now, by=None)
print(article.headline)
print(links.for_subscription(subscription_id=found.pk, sheet=sheet).leave)
"""


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_article_to_the_list_and_off_it_again(
    demo: Network, browser: Browser, scripts: bool, tmp_path: Path
) -> None:
    address = f"cy-{'with' if scripts else 'without'}@reader.example"
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()

    page.goto(f"{demo.base}/courier/briefs/brief-1/")
    box = page.locator(".sign-up")
    box.get_by_role("textbox", name="E-mail address").fill(address)
    box.get_by_role("checkbox", name="The Evening Courier").check()
    box.get_by_role("button", name="Send it to me").click()
    heading(page, "Look into your mail")

    mail = mail_to(demo, address)
    scan(browser, mail)
    page.goto(link_in(mail))
    heading(page, "Is this right?")
    page.get_by_role("button", name="Yes, confirm").click()
    heading(page, "Confirmed")

    page.get_by_role("link", name="Change what you get").first.click()
    heading(page, "What you get from us")
    expect(page.get_by_role("checkbox", name="The Evening Courier")).to_be_checked()
    page.get_by_role("checkbox", name="The First Ferry").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_role("checkbox", name="The First Ferry")).to_be_checked()
    preferences = page.url

    told = run_code(SEND_EDITION.format(email=address), data=demo.data, base=demo.base)
    headline, leave = told.strip().splitlines()
    opened = tmp_path / "edition.html"
    opened.write_text(mail_to(demo, address, count=2, kind="html"), "utf-8")
    page.goto(opened.as_uri())
    page.get_by_role("link", name=headline).first.click()
    heading(page, headline)

    scan(browser, leave)
    page.goto(preferences)
    expect(page.get_by_role("checkbox", name="The Evening Courier")).to_be_checked()
    page.goto(leave)
    page.get_by_role("button", name="Leave it").click()
    heading(page, "You do not get “The Evening Courier” any more")
    page.goto(preferences)
    expect(page.get_by_role("checkbox", name="The Evening Courier")).not_to_be_checked()
    context.close()


def test_signing_in_by_code_and_then_by_passkey(demo: Network, browser: Browser) -> None:
    base = demo.base.replace("127.0.0.1", "localhost")  # where browsers allow passkeys
    context = browser.new_context()
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    key |= {"hasUserVerification": True, "isUserVerified": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": key})

    page.goto(f"{base}/courier/")
    page.get_by_role("link", name="Your account").click()
    heading(page, "Sign in")
    page.get_by_role("textbox", name="E-mail address").fill("di@reader.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("textbox", name="Code").fill(code_in(mail_to(demo, "di@reader.example")))
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "Your account")

    page.get_by_role("textbox", name="What to call it").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("My phone")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    heading(page, "You are signed out")

    page.goto(f"{base}/tideline/readers/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    heading(page, "Your account")
    expect(page.get_by_text("di@reader.example")).to_be_visible()
    context.close()
