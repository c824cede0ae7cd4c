"""Short signatures in addresses, and sealing of letters."""

import base64

from masthead.core.keys import Sealer, sign
from masthead.core.keys import is_signed as is_ours

SIGNING = "masthead.mail return path 1"
SHORT = 12  # letters of 5 bits: one in 10^18 guesses
# A letter may hold a link that signs its reader in; a copy of the database gives it to nobody.
LETTERS = Sealer("masthead.mail letters 1")


def signature(text: str) -> str:
    """Lower-case letters and figures, as some servers write addresses small."""
    return _short(sign(SIGNING, text.encode())).decode("ascii")


def is_signed(text: str, given: str) -> bool:
    """Whether this signature is ours, by the present or a former key."""
    return is_ours(SIGNING, text.encode(), given.encode(), by=_short)


def _short(digest: bytes) -> bytes:
    return base64.b32encode(digest[:10]).lower()[:SHORT]
