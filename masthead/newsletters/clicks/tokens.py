"""
The last part of a link in a copy: which copy, which article, signed.

The same for every reader of that copy, so a click tells nothing of who clicked. It names no
address, so it can lead nowhere but to an article of ours.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hmac import compare_digest

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "masthead.newsletters.clicks"
SIGNATURE_BYTES = 9
_PATH = "newsletters/c/{}"


class BadToken(Exception):
    """Nobody of ours wrote it."""


def click_path(*, copy_id: int, article_id: int) -> str:
    """Below the outlet."""
    return _PATH.format(click_token(copy_id=copy_id, article_id=article_id))


def click_token(*, copy_id: int, article_id: int, salt: str = SALT) -> str:
    """salt: of a feature that names two other things in the same way."""
    named = _number(copy_id) + _number(article_id)
    signature = _signature(named, settings.SECRET_KEY, salt)
    return urlsafe_b64encode(signature + named).decode().rstrip("=")


def read_token(token: str, *, salt: str = SALT) -> tuple[int, int]:
    """
    Copy and article, without asking the database; former secret keys are honoured.

    Raises BadToken.
    """
    try:
        data = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        signature, named = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
        copy_id, rest = _read(named)
        article_id, rest = _read(rest)
    except (Error, ValueError, IndexError) as error:
        raise BadToken from error
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if rest or not any(compare_digest(signature, _signature(named, key, salt)) for key in keys):
        raise BadToken
    return copy_id, article_id


def _signature(named: bytes, key: str, salt: str) -> bytes:
    mac = salted_hmac(salt, named, secret=key, algorithm="sha256")
    return mac.digest()[:SIGNATURE_BYTES]


def _number(value: int) -> bytes:
    """Seven bits a byte, the last one without the eighth."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read(data: bytes) -> tuple[int, bytes]:
    value = 0
    for place, byte in enumerate(data[:9]):
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return value, data[place + 1 :]
    raise ValueError("No number.")
