"""Who appears in the journeys, and what they sign in with."""

import hashlib
import hmac
import struct
import time
from base64 import b32decode
from dataclasses import dataclass

PASSWORD = "a long walk along the quay"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ARABIC = "manara"
HELD_BELOW = "Brief 30: tide tables corrected"  # with comments that wait
HELD = 62
PERIOD_SECONDS = 30


@dataclass(frozen=True)
class Person:
    name: str
    email: str


ADA = Person("Ada Holm", "editor@northlight.example")
MO = Person("Mo Larkin", "moderator@northlight.example")
BO = Person("Bo Quill", "reporter@northlight.example")


def code_now(secret: str = SECRET) -> str:
    """The six digits that an authenticator app would show (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // PERIOD_SECONDS)
    digest = hmac.new(b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
