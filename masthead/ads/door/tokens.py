"""
Tokens: that this door offered this creative in this place, and has a mark for it.

Signed with a key of their own, made of the secret key; former secret keys still open theirs.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass

from masthead.ads.door import GOOD_SECONDS, PLACES

_LABEL = b"masthead advertising token"
_FACTS = struct.Struct(">6sIIIIB")
_SIGNATURE_BYTES = 12
LENGTH = 47  # characters


@dataclass(frozen=True, slots=True)
class Token:
    """book, serial: where its mark is. given_at: Unix seconds."""

    book: bytes
    serial: int
    given_at: int
    outlet: int
    creative: int
    place: str

    def is_good(self, now: float) -> bool:
        # Of a moment still to come: the clock was put back since. Its mark knows it anyway.
        return abs(now - self.given_at) <= GOOD_SECONDS


class Seal:
    def __init__(self, secrets: tuple[bytes, ...]) -> None:
        """secrets: the one that signs, then those that signed before."""
        self._keys = [hmac.digest(secret, _LABEL, hashlib.sha256) for secret in secrets]

    def write(self, token: Token) -> str:
        facts = _FACTS.pack(
            token.book,
            token.serial,
            token.given_at,
            token.outlet,
            token.creative,
            PLACES.index(token.place),
        )
        signed = facts + _signature(self._keys[0], facts)
        return base64.urlsafe_b64encode(signed).rstrip(b"=").decode("ascii")

    def read(self, text: str) -> Token | None:
        """None: it is not ours. One token has one text."""
        if len(text) != LENGTH or not text.isascii():
            return None
        try:
            signed = base64.urlsafe_b64decode(text + "=")
        except (binascii.Error, ValueError):
            return None
        facts, signature = signed[: _FACTS.size], signed[_FACTS.size :]
        if len(signature) != _SIGNATURE_BYTES:
            return None
        if not any(hmac.compare_digest(_signature(key, facts), signature) for key in self._keys):
            return None
        book, serial, given_at, outlet, creative, place = _FACTS.unpack(facts)
        if place >= len(PLACES):
            return None
        return Token(book, serial, given_at, outlet, creative, PLACES[place])


def _signature(key: bytes, facts: bytes) -> bytes:
    return hmac.digest(key, facts, hashlib.sha256)[:_SIGNATURE_BYTES]
