"""
Short tokens in addresses of mails: they name a row, and nobody can make one up.

What a token may be used for is part of its key, so one for leaving opens no preferences. Looking
whether it is ours needs no database.
"""

import base64
import hmac
from functools import cache

from django.conf import settings

# Part of every key: another use of the secret key gets another label, and so another key.
LABEL = "masthead.readers.tokens 1"
MAC_BYTES = 15  # 120 bits: nobody finds one by trying
LONGEST = 64


class NoSuchToken(Exception):
    """It was not made here, for another purpose, or was cut short on its way."""


def make_token(purpose: str, kind: str, number: int) -> str:
    """
    A token for one row, some microseconds.

    purpose: what it opens, e.g. "leave". kind: one lower-case letter saying which table's row.
    """
    named = kind.encode("ascii") + _bytes_of(number)
    return _text(_mac(settings.SECRET_KEY, purpose, named) + named)


def read_token(purpose: str, token: str) -> tuple[str, int]:
    """The kind and number it was made for, with the present or a former key. Raises NoSuchToken."""
    mac, named = _parts(token)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hmac.compare_digest(_mac(secret, purpose, named), mac):
            return chr(named[0]), int.from_bytes(named[1:], "big")
    raise NoSuchToken


def _parts(token: str) -> tuple[bytes, bytes]:
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError as bad:
        raise NoSuchToken from bad
    # One row has one token: what decodes to the same bytes otherwise is not ours.
    if len(token) > LONGEST or len(data) < MAC_BYTES + 2 or _text(data) != token:
        raise NoSuchToken
    return data[:MAC_BYTES], data[MAC_BYTES:]


def _bytes_of(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8 or 1, "big")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _mac(secret: str, purpose: str, named: bytes) -> bytes:
    return hmac.digest(_key(secret, purpose), named, "sha256")[:MAC_BYTES]


@cache
def _key(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"{LABEL} {purpose}".encode(), "sha256")
