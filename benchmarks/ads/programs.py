"""Programs that open pages and post as devices do: whether they count says the door's own rule."""

from collections.abc import Sequence
from itertools import cycle

from benchmarks.ads.devices import CHROME
from masthead.ads.door.programs import is_from_page

HOST = b"courier.example"
_PAGE = ((b"host", HOST), (b"origin", b"https://courier.example"))
# Those that give themselves away, each in its own way.
TOLD_APART: Sequence[Sequence[tuple[bytes, bytes]]] = (
    (
        *_PAGE,
        (b"user-agent", b"Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com/bot.html)"),
    ),
    (*_PAGE, (b"user-agent", CHROME.replace("Chrome/", "HeadlessChrome/").encode())),
    (*_PAGE, (b"user-agent", b"python-requests/2.32.5")),
    ((b"host", HOST), (b"user-agent", CHROME.encode())),
    ((b"host", HOST), (b"origin", b"https://elsewhere.example"), (b"user-agent", CHROME.encode())),
    (*_PAGE, (b"user-agent", CHROME.encode()), (b"sec-fetch-site", b"cross-site")),
    (*_PAGE, (b"user-agent", CHROME.encode()), (b"sec-purpose", b"prefetch;prerender")),
    _PAGE,
)
PERSON = (*_PAGE, (b"user-agent", CHROME.encode()), (b"sec-fetch-site", b"same-origin"))


class Programs:
    """They come in turn. The rule is asked once for each block of headers, as the door does."""

    def __init__(self) -> None:
        self._refused = cycle([not is_from_page(lines) for lines in TOLD_APART])

    def next_is_refused(self) -> bool:
        return next(self._refused)
