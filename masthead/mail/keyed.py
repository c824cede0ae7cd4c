"""Short signatures in addresses, and sealing of letters; keys made of the machine's secret key."""

import base64
import hmac
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

SIGNING = b"masthead.mail return path 1"
SEALING = b"masthead.mail letters 1"
SHORT = 12  # letters of 5 bits: one in 10^18 guesses


class SealedByAnotherKey(Exception):
    """The secret key is not the one this was sealed with, nor a former one that is set."""


def signature(text: str) -> str:
    """Lower-case letters and figures, as some servers write addresses small."""
    return _signature(settings.SECRET_KEY, text)


def is_signed(text: str, given: str) -> bool:
    """Whether this signature is ours, by the present or a former key."""
    return any(
        hmac.compare_digest(_signature(secret, text), given)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def seal(data: bytes) -> bytes:
    """
    A letter may hold a link that signs its reader in; a copy of the database gives it to nobody.
    """
    return _sealer(settings.SECRET_KEY).encrypt(data)


def unseal(kept: bytes) -> bytes:
    """What was sealed with the present or a former key. Raises SealedByAnotherKey."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    try:
        return MultiFernet([_sealer(secret) for secret in secrets]).decrypt(kept)
    except InvalidToken as invalid:
        raise SealedByAnotherKey("This letter was sealed with another secret key.") from invalid


def _signature(secret: str, text: str) -> str:
    digest = hmac.digest(_key(secret, SIGNING), text.encode(), "sha256")
    return base64.b32encode(digest[:10]).decode("ascii").lower()[:SHORT]


@cache
def _key(secret: str, use: bytes) -> bytes:
    return hmac.digest(secret.encode(), use, sha256)


@cache
def _sealer(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(secret, SEALING)))
