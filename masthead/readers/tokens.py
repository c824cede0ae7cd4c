"""
Short tokens in addresses of mails: they name a row, and nobody can make one up.

What a token may be used for is part of its key, so one for leaving opens no preferences. Looking
whether it is ours needs no database.
"""

import base64

from masthead.core.keys import is_signed, sign

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
    return make_named(purpose, kind.encode("ascii") + _bytes_of(number))


def read_token(purpose: str, token: str) -> tuple[str, int]:
    """The kind and number it was made for, with the present or a former key. Raises NoSuchToken."""
    named = read_named(purpose, token)
    return chr(named[0]), int.from_bytes(named[1:], "big")


def make_named(purpose: str, named: bytes, *, mac_bytes: int = MAC_BYTES) -> str:
    """A token for whatever these two bytes or more name."""
    return _text(sign(_use(purpose), named)[:mac_bytes] + named)


def read_named(purpose: str, token: str, *, mac_bytes: int = MAC_BYTES) -> bytes:
    """What it names, with the present or a former key. Raises NoSuchToken."""
    mac, named = _parts(token, mac_bytes)
    if not is_signed(_use(purpose), named, mac, by=lambda digest: digest[:mac_bytes]):
        raise NoSuchToken
    return named


def _use(purpose: str) -> str:
    return f"{LABEL} {purpose}"


def _parts(token: str, mac_bytes: int) -> tuple[bytes, bytes]:
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError as bad:
        raise NoSuchToken from bad
    # One row has one token: what decodes to the same bytes otherwise is not ours.
    if len(token) > LONGEST or len(data) < mac_bytes + 2 or _text(data) != token:
        raise NoSuchToken
    return data[:mac_bytes], data[mac_bytes:]


def _bytes_of(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8 or 1, "big")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
