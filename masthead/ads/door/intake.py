"""
The two addresses where devices tell what they offered, and what was seen and clicked.

The door looks only at what it has in memory. Which tokens were used before stands in books, which
wait for the disk: whoever takes the batches looks there (`ads.counting.settling`).
"""

import json
from typing import Any

from masthead.ads.door import PLACES, books_folder, tally, waiting_folder
from masthead.ads.door.books import Books
from masthead.ads.door.floods import CLICKS, PAGE_VIEWS, Flood
from masthead.ads.door.lists import Lists
from masthead.ads.door.programs import MOST_KNOWN, is_from_page
from masthead.ads.door.tally import Tally, What
from masthead.ads.door.tokens import Seal, Token
from masthead.press.door.events import Ground, Post, Reply, Told
from masthead.press.door.lately import Lately

OFFER, EVENT = "-/ads/offer", "-/ads/event"
MOST_AT_ONCE, LONGEST_PATH = 30, 300
_KINDS = {"v": What.VISIBLE, "c": What.CLICKED}
BITS = {What.VISIBLE: 1, What.CLICKED: 2}
_NOTHING = Reply(204)
_JSON = ((b"content-type", b"application/json"),)


def open_intake(ground: Ground) -> "AdsIntake":
    return AdsIntake(ground)


class AdsIntake:
    """
    Answers in microseconds; says nothing about whether something counted.

    What does not count is counted as refused, where it is known of what.
    """

    def __init__(self, ground: Ground) -> None:
        self._seal = Seal(ground.secrets)
        self._books = Books(books_folder(ground.folder))
        self._waiting = waiting_folder(ground.folder)
        self._lists = Lists(ground.find_page)
        self._page_views, self._clicks = Flood(PAGE_VIEWS), Flood(CLICKS)
        self._asked = Lately(_asked, most=MOST_KNOWN)
        self._from_page: dict[int, tuple[Told, bool]] = {}
        self._tally = Tally()

    def takes(self, path: str) -> bool:
        is_short = len(path) <= LONGEST_PATH  # what is asked is kept by its path
        return is_short and path.endswith((f"/{OFFER}", f"/{EVENT}"))

    def answer(self, post: Post) -> Reply:
        is_offer, root = self._asked(post.path)
        outlet = self._lists.outlet_at(post.host, root, post.now)
        if outlet is None:
            return _NOTHING
        if is_offer:
            return self._offer(post, root, outlet)
        self._events(post, outlet)
        return _NOTHING

    def collect(self) -> Tally | None:
        if not self._tally.counts and not self._tally.told:
            return None
        collected, self._tally = self._tally, Tally()
        return collected

    def keep(self, collected: Tally) -> None:
        tally.keep(collected, self._waiting)

    def take_back(self, collected: Tally) -> None:
        self._tally.add_all(collected)

    def _is_from_page(self, post: Post) -> bool:
        """Of lines that many browsers send alike the door has one copy, which is known again."""
        lines = post.lines
        known = self._from_page.get(id(lines))
        if known is None or known[0] is not lines:
            if len(self._from_page) >= MOST_KNOWN:
                self._from_page.clear()
            known = self._from_page[id(lines)] = (lines, is_from_page(lines))
        return known[1]

    # Offers

    def _offer(self, post: Post, root: str, outlet: int) -> Reply:
        offers = read_offers(post.body)
        if offers is None:
            return _NOTHING
        counts = self._is_from_page(post) and self._page_views.lets(post.reader, outlet, post.now)
        tokens: list[str] = []
        for place, creative in offers:
            is_listed = not creative or self._lists.has(post.host, root, place, creative, post.now)
            if not counts or not is_listed:
                self._add(What.REFUSED, post, outlet, place, creative if is_listed else 0)
                tokens.append("")
                continue
            self._add(What.CHANCES, post, outlet, place, 0)
            tokens.append(self._token(post, outlet, place, creative) if creative else "")
        if not any(tokens):
            return _NOTHING
        # Tokens have no letter that JSON would write otherwise.
        body = b'{"tokens":["%b"]}' % '","'.join(tokens).encode("ascii")
        return Reply(200, _JSON, body)

    def _token(self, post: Post, outlet: int, place: str, creative: int) -> str:
        try:
            book, serial = self._books.next(post.now)
        except OSError:  # a full disk: what cannot be marked is not counted
            return ""
        self._add(What.OFFERED, post, outlet, place, creative)
        return self._seal.write(Token(book, serial, int(post.now), outlet, creative, place))

    # Events

    def _events(self, post: Post, outlet: int) -> None:
        lines = post.body[:4096].split(b"\n")[:MOST_AT_ONCE]
        is_ours = self._is_from_page(post)
        for line in lines:
            kind, _, text = line.decode("latin-1").strip().partition(" ")
            what = _KINDS.get(kind)
            if what is None:
                continue
            token = self._seal.read(text)
            if token is None:
                self._add(What.REFUSED, post, outlet, "", 0)
            elif not (is_ours and self._may_count(what, token, text, post)):
                self._add(What.REFUSED, post, token.outlet, token.place, token.creative)

    def _may_count(self, what: What, token: Token, text: str, post: Post) -> bool:
        """Whether it was noted; it counts then unless its token was used before."""
        if not token.is_good(post.now):
            return False
        if what is What.CLICKED and not self._clicks.lets(post.reader, token.creative, post.now):
            return False
        return self._tally.note(text, what, at=int(post.now))

    def _add(self, what: What, post: Post, outlet: int, place: str, creative: int) -> None:
        self._tally.add(what, outlet=outlet, place=place, creative=creative, now=post.now)


def _asked(path: str) -> tuple[bool, str]:
    """Whether it is an offer, and the path below which its outlet lies."""
    is_offer = path.endswith(OFFER)
    return is_offer, path.removesuffix(OFFER if is_offer else EVENT)


def read_offers(body: bytes) -> list[tuple[str, int]] | None:
    """Places and creatives, 0 for none. None: it is not of this form, or too much."""
    try:
        found: Any = json.loads(body)
        offers = [(place, creative) for place, creative in found["offers"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    is_plain = all(
        place in PLACES and type(creative) is int and 0 <= creative < 1 << 31
        for place, creative in offers
    )
    return offers if is_plain and 0 < len(offers) <= MOST_AT_ONCE else None
