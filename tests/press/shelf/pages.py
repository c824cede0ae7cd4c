"""Pages of a small town's paper, as a print would hand them over."""

from hashlib import sha256
from typing import Any

from masthead.press.shelf import Page, compress

HOST = "courier.example"
SECRET = b"only-for-tests-of-the-shelf"
TEXT = "<p>The bridge over the harbour opens on Monday.</p>\n" * 40
HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "public, max-age=10, s-maxage=60"),
)


def a_page(target: str = "/port/bridge/", *, text: str = TEXT, **changed: Any) -> Page:
    body = text.encode()
    given: dict[str, Any] = {
        "host": HOST,
        "variant": "public",
        "status": 200,
        "headers": HEADERS,
        "bodies": compress(body),
        "etag": sha256(body).hexdigest()[:32],
        "keys": ("o1", "s12"),
        "seen": 0,
        "printed_at": 1000.0,
        "fresh_until": None,
    }
    return Page(target=target, **(given | changed))
