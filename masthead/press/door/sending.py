"""Small answers of the door's own."""

import html
from collections.abc import Awaitable, Callable
from typing import Any

from masthead.press.door.upstream import Lines
from masthead.press.shelf.keeping_time import SHARED

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

RETRY_SECONDS = 5
NOT_STORED = b"no-store"
_TEXT = b"text/plain; charset=utf-8"
HTML = b"text/html; charset=utf-8"
_DOWN = "This page cannot be made just now. Please try again in a moment."
_NOWHERE = "There is no title of this network at this address."
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{max-width:32rem;margin:18vh auto;padding:0 1.5rem;font:1.3rem/1.45 Georgia,serif}"
    "b{font:700 .85rem/2 system-ui,sans-serif}p{margin:0 0 1rem}"
)


async def answer(
    scope: Scope, send: Send, status: int, lines: Lines, body: bytes = b"", *, length: bool = True
) -> None:
    if length:
        lines = [*lines, (b"content-length", str(len(body)).encode("ascii"))]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    sent = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": sent, "more_body": False})


async def sentence(scope: Scope, send: Send, status: int, text: str) -> None:
    lines = [(b"content-type", _TEXT), (b"cache-control", NOT_STORED)]
    await answer(scope, send, status, lines, text.encode() + b"\n")


async def moved(scope: Scope, send: Send, location: str) -> None:
    lines = [(b"location", location.encode("latin-1")), (b"cache-control", SHARED.encode("ascii"))]
    await answer(scope, send, 301, lines)


async def unavailable(scope: Scope, send: Send) -> None:
    """503 with a sentence. Writes nothing that could be broken too."""
    lines = [
        (b"cache-control", NOT_STORED),
        (b"retry-after", str(RETRY_SECONDS).encode("ascii")),
        (b"x-content-type-options", b"nosniff"),
    ]
    if scope["method"] not in {"GET", "HEAD"}:
        text = "This cannot be done just now; nothing was changed. Please try again in a moment.\n"
        await answer(scope, send, 503, [(b"content-type", _TEXT), *lines], text.encode())
        return
    await _page(scope, send, 503, lines, _DOWN, link="")


async def nowhere(scope: Scope, send: Send, home: str) -> None:
    """421 with a sentence and the way to the network. home: its address."""
    await _page(scope, send, 421, [(b"cache-control", NOT_STORED)], _NOWHERE, link=home)


async def _page(
    scope: Scope, send: Send, status: int, lines: Lines, text: str, *, link: str
) -> None:
    way = f"<p><a href='{html.escape(link)}'>{html.escape(link)}</a></p>" if link else ""
    kind = (b"content-type", HTML)
    policy = (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'")
    await answer(scope, send, status, [kind, policy, *lines], bare_page(status, text, way))


def bare_page(status: int, text: str, more: str = "") -> bytes:
    """A page that needs nothing. more: HTML below the sentence."""
    page = (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'>"
        f"<title>{html.escape(text)}</title><style>{_STYLE}</style>"
        f"<b>{status}</b><p>{html.escape(text)}</p>{more}\n"
    )
    return page.encode()
