"""
Keys made of the machine's secret key: one for each use, so that who learns one learns no other.

What was signed or sealed with a former secret key counts as long as the operator names that.
"""

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

Derive = Callable[[str, str], bytes]


class SealedByAnotherKey(Exception):
    """The secret key is not the one this was sealed with, nor a former one that is set."""


@cache
def key_for(use: str, secret: str) -> bytes:
    """32 bytes. use: a lasting label of its own for each use, e.g. "masthead.mail letters 1"."""
    return hmac.digest(secret.encode(), use.encode(), "sha256")


def sign(use: str, data: bytes, secret: str = "") -> bytes:
    """HMAC-SHA256, by the present secret key unless another one is named. Microseconds."""
    return hmac.digest(key_for(use, secret or settings.SECRET_KEY), data, "sha256")


def secrets() -> tuple[str, ...]:
    """The present secret key and the former ones."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def is_signed(use: str, data: bytes, given: bytes, *, by: Callable[[bytes], bytes]) -> bool:
    """By the present or a former key. by: how a signature was cut or written."""
    return any(hmac.compare_digest(by(sign(use, data, each)), given) for each in secrets())


@dataclass(frozen=True)
class Sealer:
    """Fernet with a key of this use's own. derive: how that is made, where not by `key_for`."""

    use: str
    derive: Derive = key_for

    def seal(self, data: bytes) -> bytes:
        return _fernet(self.derive, self.use, settings.SECRET_KEY).encrypt(data)

    def unseal(self, kept: bytes) -> bytes:
        """With the present or a former key. Raises SealedByAnotherKey."""
        keys = MultiFernet([_fernet(self.derive, self.use, secret) for secret in secrets()])
        try:
            return keys.decrypt(kept)
        except InvalidToken as invalid:
            raise SealedByAnotherKey("This was sealed with another secret key.") from invalid

    def is_by_present_key(self, kept: bytes) -> bool:
        try:
            _fernet(self.derive, self.use, settings.SECRET_KEY).decrypt(kept)
        except InvalidToken:
            return False
        return True


@cache
def _fernet(derive: Derive, use: str, secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derive(use, secret)))
