"""
The reader's class: which variant of a page a signed cookie asks for.

The cookie is checked without the database; anything invalid means the public page. It also names
its reader – where it came of buying without signing in, the purchase and nobody – so that a door
which is told of a change of somebody's class heeds it at once, whatever their cookies on however
many outlets say.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from masthead.press.door.lately import Lately
from masthead.press.shelf.changes import PUBLIC
from masthead.press.shelf.told import EVERYBODY, Told

COOKIE = "masthead_class"
MEMBERS = "members"
# Every class there is a print for, and the benefits its readers have (`readers.models.Benefit`).
# One more is one more line here. Names are lower-case letters, part of the shelf's addresses; one
# that is not here is never looked for on the shelf.
CLASSES = {
    PUBLIC: (),
    "adfree": ("ad-free",),
    MEMBERS: ("members-articles",),
    "adfreemembers": ("ad-free", "members-articles"),
}
VARIANTS = frozenset(CLASSES)
# How a browser came to its cookie: somebody signed in on this host, or bought in this browser.
SIGNED_IN, BOUGHT = "s", "b"
_LABEL = b"masthead reader class"
_SIGNATURE_BYTES = 20
_VALUE = re.compile(
    r"(([a-z]{1,20})\.([0-9]{1,12})\.([0-9]{1,12})\.(?:([sb])([A-Za-z0-9_-]{22}))?)"
    r"\.([A-Za-z0-9_-]{27})\Z"
)
_IN_COOKIES = re.compile(rb"(?:\A|;)[ \t]*masthead_class=([^;]*)")
_LONGEST = 110


@dataclass(frozen=True, slots=True)
class Membership:
    """
    What a cookie proves: a variant, until a moment (Unix seconds).

    reader: whose it is, as `mark_of` writes it, or of a BOUGHT one which purchase's; empty:
    nobody's in particular. issued: when.
    way: SIGNED_IN or BOUGHT.
    """

    variant: str
    until: float
    issued: float = 0.0
    reader: str = ""
    way: str = ""


NOBODY = Membership(PUBLIC, float("inf"))


def mark_of(public_id: UUID) -> str:
    """How a reader, or a purchase, is named in cookies and in what doors are told."""
    return _text(public_id.bytes)


def reader_of(mark: str) -> UUID:
    """The reverse of `mark_of`."""
    return UUID(bytes=base64.urlsafe_b64decode(f"{mark}=="))


def make(
    variant: str,
    expires: int,
    secret: bytes,
    *,
    issued: int = 0,
    reader: str = "",
    way: str = SIGNED_IN,
) -> str:
    """expires, issued: Unix seconds. Raises ValueError for an unknown variant."""
    if variant not in VARIANTS:
        raise ValueError(variant)
    text = f"{variant}.{expires}.{issued}.{way + reader if reader else ''}"
    return f"{text}.{_sign(text, secret)}"


def read(value: str, now: float, secret: bytes) -> str:
    found = check(value, secret)
    return found.variant if now < found.until else PUBLIC


def check(value: str, secret: bytes) -> Membership:
    """What the signature covers, expired or not; NOBODY when it is not ours."""
    parts = _VALUE.match(value)
    if parts is None or parts[2] not in VARIANTS:
        return NOBODY
    if not hmac.compare_digest(_sign(parts[1], secret), parts[7]):
        return NOBODY
    return Membership(parts[2], float(parts[3]), float(parts[4]), parts[6] or "", parts[5] or "")


class Classes:
    """
    Reads the class out of a Cookie header; the signatures seen lately are remembered.

    told: readers whose class became another, with what it is now and until when. Whoever is told
    of one keeps it as long as an older cookie could be good, so there are never more than changed
    within a day.
    """

    def __init__(self, secret: bytes, *, most: int = 10_000) -> None:
        self._check: Lately[str, Membership] = Lately(lambda value: check(value, secret), most=most)
        self.told: dict[str, Told] = {}
        self._older_are_void = 0.0

    def of(self, cookies: bytes) -> Membership:
        """The class of a whole Cookie header; the first of several cookies of the name counts."""
        found = _IN_COOKIES.search(cookies)
        if found is None or len(found[1]) > _LONGEST:
            return NOBODY
        return self._check(found[1].strip().decode("latin-1"))

    def now(self, cookie: Membership, now: float) -> str | None:
        """Which class that is at this moment; None: nothing here knows any more."""
        told = self.told.get(cookie.reader)
        if told is not None and cookie.issued < told.until:
            return told.variant if now < told.until else None
        if cookie.issued < self._older_are_void and cookie is not NOBODY:
            return None
        return cookie.variant if now < cookie.until else None

    def last(self, cookie: Membership) -> str:
        """The class that was known last, whatever the clock says."""
        told = self.told.get(cookie.reader)
        return told.variant if told is not None and cookie.issued < told.until else cookie.variant

    def hear(self, told: Iterable[Told], *, now: float) -> None:
        """Of each reader the newest counts; what no cookie can contradict any more goes."""
        for each in told:
            if each.reader == EVERYBODY:
                self._older_are_void = max(self._older_are_void, each.until)
            else:
                self.told[each.reader] = each
        over = [reader for reader, each in self.told.items() if each.forget_at < now]
        for reader in over:
            del self.told[reader]


def _sign(text: str, secret: bytes) -> str:
    # A key of its own: a signature made for another purpose never opens a page.
    key = hmac.digest(secret, _LABEL, hashlib.sha256)
    return _text(hmac.digest(key, text.encode("ascii"), hashlib.sha256)[:_SIGNATURE_BYTES])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
