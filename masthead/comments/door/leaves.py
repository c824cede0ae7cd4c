"""
The pages and sentences that the door says “later” with, in each outlet's look and language.

They are printed as all pages are. As long as one is not there yet, plain English stands in.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from masthead.comments.door.typed import Fields, as_fields
from masthead.press.door.memory import Held
from masthead.press.door.sending import HTML, bare_page

FindPage = Callable[[str, str, str], Held | None]
# Below an outlet: the page, and its sentences for scripts.
PAGE, WORDS = "comments/busy/", "comments/busy.json"
BUSY, AWAY, TYPED, AGAIN = "busy", "away", "typed", "again"
# In the page, where the door writes; whoever asks for the page itself sees nothing of them.
SAID, KEPT, ACTION = "<span data-door=said>", "<span data-door=kept></span>", "./#again"
_PLACES = re.compile(f"({SAID})[^<]*</span>|({KEPT})|({re.escape(ACTION)})")
LOOK_SECONDS = 1.0
ENGLISH = {
    BUSY: "Many people are posting at this moment. Please try again in a minute.",
    AWAY: "This cannot be taken just now. Please try again in a moment.",
    TYPED: "What you wrote",
    AGAIN: "Try again",
}
Lines = tuple[tuple[bytes, bytes], ...]
_PLAIN_LINES: Lines = (
    (b"content-type", HTML),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
        b" frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
)
# Of the printed page's lines those that say how it is to be read, not how it is to be kept.
_TAKEN_OVER = {
    b"content-type",
    b"content-language",
    b"content-security-policy",
    b"x-content-type-options",
    b"referrer-policy",
    b"cross-origin-opener-policy",
    b"cross-origin-resource-policy",
    b"permissions-policy",
    b"strict-transport-security",
}


@dataclass(frozen=True)
class Leaf:
    """pieces: of the page, with the names of places between; none while it is not printed."""

    words: dict[str, str]
    lines: Lines = _PLAIN_LINES
    pieces: tuple[str, ...] = ()

    def told(self, why: str, wait: int) -> bytes:
        return json.dumps({"said": self.words[why], "wait": wait}).encode()

    def page(self, status: int, why: str, *, path: str, kept: Fields) -> bytes:
        said, action = self.words[why], escape(quote(path))
        fields = as_fields(kept, label=self.words[TYPED])
        if not self.pieces:
            button = f"<button>{escape(self.words[AGAIN])}</button>"
            form = f'<form method="post" action="{action}">{fields}{button}</form>'
            return bare_page(status, said, form)
        written = {SAID: escape(said), ACTION: action, KEPT: fields}
        return "".join(written.get(each, each) for each in self.pieces).encode()


PLAIN = Leaf(ENGLISH)


class Leaves:
    """Looks once a second and outlet, so that a flood costs no look at the shelf."""

    def __init__(self, find_page: FindPage) -> None:
        self._find_page = find_page
        self._known: dict[tuple[str, str], tuple[float, tuple[str, str], Leaf]] = {}

    def of(self, host: str, root: str, *, now: float) -> Leaf:
        """root: the path below which the outlet lies."""
        looked_at, etags, leaf = self._known.get((host, root), (0.0, ("", ""), PLAIN))
        if now - looked_at < LOOK_SECONDS:
            return leaf
        page, words = (self._find_page(host, root, each) for each in (PAGE, WORDS))
        if page is None and words is None:  # perhaps no outlet at all: then nothing is remembered
            return PLAIN
        found = (page.etag if page else "", words.etag if words else "")
        if found != etags:
            leaf = _leaf(page, words)
        self._known[host, root] = (now, found, leaf)
        return leaf


def _leaf(page: Held | None, words: Held | None) -> Leaf:
    said = ENGLISH | (json.loads(words.identity()) if words and words.status == 200 else {})
    if page is None or page.status != 200:
        return Leaf(said)
    lines = tuple(each for each in page.lines if each[0] in _TAKEN_OVER)
    pieces = _PLACES.split(page.identity().decode())
    return Leaf(said, lines, tuple(each for each in pieces if each))
