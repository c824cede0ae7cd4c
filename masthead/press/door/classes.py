"""
The reader's class: which variant of a page a signed cookie asks for.

The cookie is checked without the database; anything invalid or expired means the public page.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from masthead.press.door.lately import Lately
from masthead.press.shelf.changes import PUBLIC

COOKIE = "masthead_class"
# Every class there is a print for. A name that is not here is never looked for on the shelf.
VARIANTS = frozenset({PUBLIC, "adfree", "members", "adfreemembers"})
_LABEL = b"masthead reader class"
_SIGNATURE_BYTES = 20
_VALUE = re.compile(r"([a-z]{1,20})\.([0-9]{1,12})\.([A-Za-z0-9_-]{27})\Z")
_IN_COOKIES = re.compile(rb"(?:\A|;)[ \t]*masthead_class=([^;]*)")
_LONGEST = 80


def make(variant: str, expires: int, secret: bytes) -> str:
    """The cookie's value. expires: Unix seconds. Raises ValueError for an unknown variant."""
    if variant not in VARIANTS:
        raise ValueError(variant)
    return f"{variant}.{expires}.{_sign(f'{variant}.{expires}', secret)}"


def read(value: str, now: float, secret: bytes) -> str:
    found = check(value, secret)
    return found.variant if now < found.until else PUBLIC


@dataclass(frozen=True)
class Membership:
    """What a cookie proves: a variant, until a moment (Unix seconds)."""

    variant: str
    until: float


NOBODY = Membership(PUBLIC, float("inf"))


def check(value: str, secret: bytes) -> Membership:
    """What the signature covers, expired or not; NOBODY when it is not ours."""
    parts = _VALUE.match(value)
    if parts is None or parts[1] not in VARIANTS:
        return NOBODY
    expected = _sign(f"{parts[1]}.{parts[2]}", secret)
    if not hmac.compare_digest(expected, parts[3]):
        return NOBODY
    return Membership(parts[1], float(parts[2]))


class Classes:
    """Reads the class out of a Cookie header; the signatures seen lately are remembered."""

    def __init__(self, secret: bytes, *, most: int = 10_000) -> None:
        self._check: Lately[str, Membership] = Lately(lambda value: check(value, secret), most=most)

    def of(self, cookies: bytes) -> Membership:
        """The class of a whole Cookie header; the first of several cookies of the name counts."""
        found = _IN_COOKIES.search(cookies)
        if found is None or len(found[1]) > _LONGEST:
            return NOBODY
        return self._check(found[1].strip().decode("latin-1"))


def _sign(text: str, secret: bytes) -> str:
    # A key of its own: a signature made for another purpose never opens a page.
    key = hmac.digest(secret, _LABEL, hashlib.sha256)
    digest = hmac.digest(key, text.encode("ascii"), hashlib.sha256)[:_SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
