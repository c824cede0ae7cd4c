"""Which posts about comments go on to the program; the others are told to wait."""

import re
from urllib.parse import urlsplit

from masthead.comments.admission import TERMS, Admission
from masthead.comments.door.leaves import AWAY, BUSY, Leaves
from masthead.comments.door.typed import typed
from masthead.press.door.events import Ground, Post, Reply
from masthead.press.door.lately import Lately

# Which terms hold for what is posted to `comments/do/…`.
BY_ACT = {
    "write": "posts",
    "edit": "posts",
    "respect": "small_acts",
    "ignore": "small_acts",
    "delete": "small_acts",
    "appeal": "small_acts",
    "objection": "small_acts",
    "report": "notices",
}
_PATH = re.compile(r"((?:/[^/]+)?/)comments/do/([a-z]+)(?:/[^/]+)?\Z")
MOST_KNOWN, LONGEST_PATH = 4096, 300
# With the program at once, half of the threads that it has if nothing else is set; so many more
# wait for their turn.
AT_ONCE, MOST_WAITING = 4, 40
WAIT_SECONDS = 5  # what is said when it is not the number of posts that is too many


def open_gate(ground: Ground) -> "CommentsGate":
    return CommentsGate(Leaves(ground.find_page))


class CommentsGate:
    """What is let in here is what the program's own admission lets in (`comments.admission`)."""

    at_once = AT_ONCE

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._terms = {name: Admission(**terms) for name, terms in TERMS.items()}
        self._asked = Lately(_asked, most=MOST_KNOWN)
        self._inside = 0

    def takes(self, path: str) -> bool:
        is_short = len(path) <= LONGEST_PATH  # what is asked is kept by its path
        return is_short and "/comments/do/" in path and self._asked(path) is not None

    def turned_away(self, post: Post) -> Reply | None:
        admission = self._admission(post)
        wait = self._is_full() or admission.look(post.reader, now=post.now)
        return self._reply(post, 429, BUSY, wait) if wait else None

    def let_in(self, post: Post) -> Reply | None:
        wait = self._is_full() or self._admission(post).wait(post.reader, now=post.now)
        if wait:
            return self._reply(post, 429, BUSY, wait)
        self._inside += 1
        return None

    def left(self) -> None:
        self._inside -= 1

    def away(self, post: Post) -> Reply:
        return self._reply(post, 503, AWAY, WAIT_SECONDS)

    def _is_full(self) -> int:
        return WAIT_SECONDS if self._inside >= AT_ONCE + MOST_WAITING else 0

    def _admission(self, post: Post) -> Admission:
        asked = self._asked(post.path)
        assert asked is not None  # else it would not be ours
        return self._terms[asked[1]]

    def _reply(self, post: Post, status: int, why: str, wait: int) -> Reply:
        """A sentence: for a script, or on a page with what was typed and a button to try again."""
        asked = self._asked(post.path)
        leaf = self._leaves.of(post.host, asked[0] if asked else "/", now=post.now)
        lines = dict(post.lines)
        later = (b"retry-after", str(wait).encode("ascii"))
        if lines.get(b"accept", b"").startswith(b"application/json"):
            body = leaf.told(why, wait)
            return Reply(status, (later, (b"content-type", b"application/json")), body)
        kept = typed(post.body, lines.get(b"content-type", b"")) if is_from_here(post) else []
        body = leaf.page(status, why, path=post.path, kept=kept)
        return Reply(status, (later, *leaf.lines), body)


def _asked(path: str) -> tuple[str, str] | None:
    """Below which path the outlet lies, and which terms hold. None: it is nobody's here."""
    found = _PATH.fullmatch(path)
    terms = BY_ACT.get(found[2]) if found else None
    return (found[1], terms) if found and terms else None


def is_from_here(post: Post) -> bool:
    """As `comments.views.doorway` asks: nothing is shown of what another site's form brought."""
    lines = dict(post.lines)
    site = lines.get(b"sec-fetch-site")
    if site is not None:
        return site in {b"same-origin", b"none"}
    origin = lines.get(b"origin")
    return origin is None or _host(origin) == post.host


def _host(origin: bytes) -> str | None:
    try:
        return urlsplit(origin.decode("latin-1")).hostname
    except ValueError:
        return None
