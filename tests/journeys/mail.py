"""The folder into which mails go when there is no mail server, and machines that follow links."""

import email
import re
import time
import urllib.request
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser

from tests.journeys.network import Network

LINK = re.compile(r"https?://\S+")
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
PATIENCE_SECONDS = 60


def mail_to(network: Network, address: str, *, count: int = 1, kind: str = "plain") -> str:
    """The text of the newest mail to somebody, when so many have arrived. kind: or its "html"."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = [each for each in _all(network.data / "mail") if each["To"] == address]
        if len(found) >= count:
            body = found[-1].get_body((kind,))
            return str(body.get_content()).replace("\r", "") if body else ""
        time.sleep(0.2)
    raise AssertionError(f"No mail to {address} came within {PATIENCE_SECONDS} s.")


def link_in(text: str) -> str:
    return LINK.findall(text)[0]


def code_in(text: str) -> str:
    return CODE.findall(text)[0]


def scan(browser: Browser, text: str) -> None:
    """What a mail gateway does before the mail is shown: HEAD, GET twice, and a real browser."""
    for url in LINK.findall(text):
        for method in ("HEAD", "GET", "GET"):
            with urllib.request.urlopen(urllib.request.Request(url, method=method)) as answer:
                answer.read()
        context = browser.new_context()
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        context.close()


def _all(folder: Path) -> list[EmailMessage]:
    files = sorted(folder.glob("*.eml"), key=lambda each: each.stat().st_mtime_ns)
    messages = (email.message_from_bytes(file.read_bytes(), policy=default) for file in files)
    return [cast(EmailMessage, each) for each in messages]
