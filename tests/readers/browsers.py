"""Browsers of readers, and signing in with one."""

from datetime import timedelta

from django.test import Client

from tests.factories import NETWORK
from tests.mailbox import Mailbox

SIGN_IN = "/courier/readers/sign-in/"
CODE = "/courier/readers/sign-in/code/"
ACCOUNT = "/courier/readers/account/"
MINUTE = timedelta(minutes=1)


def a_browser(host: str = NETWORK) -> Client:
    return Client(headers={"host": host, "user-agent": "Firefox/150 (X11; Linux)"})


def signed_in(browser: Client, mailbox: Mailbox, email: str = "cy@courier.example") -> Client:
    browser.post(SIGN_IN, {"email": email})
    answer = browser.post(CODE, {"code": mailbox.code(email)})
    assert answer.status_code == 303
    return browser
