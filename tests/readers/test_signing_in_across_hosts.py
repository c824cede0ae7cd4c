"""From the network's host to an outlet's own domain: one session, handed on once."""

from urllib.parse import parse_qs, urlsplit

import pytest

from masthead.outlets.models import Outlet
from masthead.readers.models import SignedIn
from tests.factories import an_outlet
from tests.mailbox import Mailbox
from tests.readers.browsers import ACCOUNT, a_browser, signed_in


@pytest.fixture
def own(port: object) -> Outlet:
    outlet = an_outlet(slug="tideline", title="Tideline")
    outlet.domains.create(host="tideline.example")
    outlet.save_revision().publish()
    return outlet


def led(answer: object) -> tuple[str, str, dict[str, list[str]]]:
    parts = urlsplit(str(answer["Location"]))  # type: ignore[index]
    return parts.netloc, parts.path, parse_qs(parts.query)


class Browser:
    """One browser with both hosts' cookies."""

    def __init__(self) -> None:
        self.network, self.own = a_browser(), a_browser("tideline.example")

    def go(self, url: str) -> object:
        parts = urlsplit(url)
        client = self.own if parts.netloc == "tideline.example" else self.network
        return client.get(f"{parts.path}?{parts.query}")


def handed_on(browser: Browser, mailbox: Mailbox) -> object:
    start = browser.own.get("/readers/sign-in/?to=port/")
    browser.go(start["Location"])
    query = led(start)[2]
    form = {"email": "cy@courier.example", "to": query["to"][0], "state": query["state"][0]}
    browser.network.post("/tideline/readers/sign-in/", form)
    return browser.network.post("/tideline/readers/sign-in/code/", {"code": mailbox.code()})


def test_an_own_domain_gets_the_session_handed_on(own, mailbox):
    browser = Browser()
    done = handed_on(browser, mailbox)

    there = done["Refresh"].partition("url=")[2]
    entered = browser.go(there)

    assert urlsplit(there).netloc == "tideline.example"
    assert (entered.status_code, entered["Location"]) == (303, "/port/")
    assert browser.own.get("/readers/account/").status_code == 200
    assert SignedIn.objects.values("chain").distinct().count() == 1


def test_whoever_is_signed_in_at_the_network_is_not_asked_again(own, mailbox):
    browser = Browser()
    signed_in(browser.network, mailbox)

    start = browser.own.get("/readers/sign-in/")
    handed = browser.go(start["Location"])
    browser.go(handed["Location"])

    assert browser.own.get("/readers/account/").status_code == 200


def test_a_link_handed_on_lets_in_no_other_browser_and_is_not_used_up_by_it(own, mailbox):
    browser = Browser()
    there = handed_on(browser, mailbox)["Refresh"].partition("url=")[2]
    scanner = Browser()

    refused = [scanner.go(there).status_code for _each in range(2)]

    assert (refused, scanner.own.get("/readers/account/").status_code) == ([410] * 2, 303)
    assert browser.go(there).status_code == 303


def test_a_session_handed_on_is_nobodys_on_any_other_host(own, mailbox):
    """Whoever serves an outlet's domain one day sees its cookies."""
    browser = Browser()
    browser.go(handed_on(browser, mailbox)["Refresh"].partition("url=")[2])
    thief = a_browser()
    thief.cookies["masthead_session"] = browser.own.cookies["masthead_session"].value

    assert browser.own.get("/readers/account/").status_code == 200
    assert thief.get(ACCOUNT).status_code == 303


def test_a_link_handed_on_works_once(own, mailbox):
    browser = Browser()
    there = handed_on(browser, mailbox)["Refresh"].partition("url=")[2]
    cookie = browser.own.cookies["masthead_way_in"].value
    browser.go(there)
    browser.own.cookies["masthead_way_in"] = cookie

    assert browser.go(there).status_code == 410


def test_a_link_for_one_outlet_opens_no_other(own, mailbox, courier):
    courier.domains.create(host="courier.example")
    courier.save_revision().publish()
    browser = Browser()
    there = urlsplit(handed_on(browser, mailbox)["Refresh"].partition("url=")[2])
    other = a_browser("courier.example")
    other.cookies["masthead_way_in"] = browser.own.cookies["masthead_way_in"].value

    assert other.get(f"/readers/enter/?{there.query}").status_code == 410


def test_signing_out_at_the_own_domain_ends_it_at_the_network_too(own, mailbox):
    browser = Browser()
    browser.go(handed_on(browser, mailbox)["Refresh"].partition("url=")[2])

    browser.own.post("/readers/sign-out/")

    assert browser.network.get("/tideline/readers/account/").status_code == 303
