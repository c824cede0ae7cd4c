"""Listens to one page: what it asked for, what came back, what it complained about."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, ConsoleMessage, Page, Request, Response

from .page_report import Transfer

KINDS = {
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "script",
    "application/javascript": "script",
    "application/x-javascript": "script",
}


def kind_of(mime: str, resource_type: str) -> str:
    """By media type, so that a page or a script fetched by a script is counted as what it is."""
    if mime in KINDS:
        return KINDS[mime]
    if mime.startswith("font/") or resource_type == "Font":
        return "font"
    return "picture" if mime.startswith("image/") else "other"


class Traffic:
    """Start it before the visit; read `transfers()` and the lists afterwards."""

    def __init__(self, page: Page, cdp: CDPSession, url: str) -> None:
        self.url = url
        self.host = urlsplit(url).netloc
        self.console: list[str] = []
        self.page_errors: list[str] = []
        self.failed_requests: list[str] = []
        self.third_party: list[str] = []
        self._answers: dict[str, tuple[str, str]] = {}
        self._sent: dict[str, int] = {}
        self._asked: dict[str, str] = {}
        self._listen(page)
        self._count(cdp)

    def _listen(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.page_errors.append(str(error)))
        # The context also sees requests of frames and of a service worker.
        page.context.on("request", self._requested)
        page.context.on("requestfailed", self._failed)
        page.context.on("response", self._answered)
        page.on("websocket", lambda socket: self.note_address(socket.url))

    def _count(self, cdp: CDPSession) -> None:
        cdp.on("Network.requestWillBeSent", self._will_send)
        cdp.on("Network.responseReceived", self._received)
        cdp.on("Network.loadingFinished", self._finished)
        cdp.send("Network.enable")

    def note_address(self, url: str) -> None:
        parts = urlsplit(url)
        is_remote = parts.scheme in {"http", "https", "ws", "wss"}
        if is_remote and parts.netloc != self.host and url not in self.third_party:
            self.third_party.append(url)

    def transfers(self) -> tuple[Transfer, ...]:
        return tuple(
            Transfer(self._asked.get(key, ""), self._answers.get(key, ("", "other"))[1], sent)
            for key, sent in self._sent.items()
        )

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that is a 404 or 410 on purpose makes Chromium write a line about that status.
        is_own_status = message.location["url"] == self.url and message.text.startswith(
            "Failed to load resource: the server responded with a status of"
        )
        if message.type in {"error", "warning"} and not is_own_status:
            self.console.append(f"{message.type}: {message.text}")

    def _requested(self, request: Request) -> None:
        self.note_address(request.url)

    def _failed(self, request: Request) -> None:
        self.failed_requests.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        # The visited page may be a 404 or 410 on purpose; its parts may not.
        is_the_page = response.request.is_navigation_request()
        if response.status >= 400 and not is_the_page:
            self.failed_requests.append(f"{response.url}: {response.status}")

    def _will_send(self, event: dict[str, Any]) -> None:
        key = event["requestId"]
        self._asked[key] = event["request"]["url"]
        if "redirectResponse" in event:
            redirect = event["redirectResponse"]["encodedDataLength"]
            self._sent[key] = self._sent.get(key, 0) + int(redirect)

    def _received(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        mime = answer.get("mimeType", "")
        self._answers[event["requestId"]] = (mime, kind_of(mime, event.get("type", "")))

    def _finished(self, event: dict[str, Any]) -> None:
        key = event["requestId"]
        if key in self._answers and not self._asked.get(key, "").startswith(("data:", "blob:")):
            self._sent[key] = self._sent.get(key, 0) + int(event["encodedDataLength"])
