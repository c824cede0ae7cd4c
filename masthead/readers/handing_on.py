"""
Handing a session on from the network's host to an outlet's own domain.

The outlet's host gives the browser a secret and sends it to the network's with that secret's hash;
the network signs who is signed in together with the hash; the outlet lets in only the browser that
has the secret. So a link that leaks, or that a scanner follows, lets nobody in.
"""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.core.cache import cache

from masthead.outlets.sheet import Sheet
from masthead.readers.addresses import keyed_hash

SALT = "masthead.readers.handing-on"
GOOD_FOR_SECONDS = 60
COOKIE = "masthead_way_in"
# A key that begins so is counted by all processes together (`accounts.counting`).
KEY = "allauth.masthead.handed-on"


class NotHandedOn(Exception):
    """Past its time, used, or asked for by another browser."""


@dataclass(frozen=True)
class Handed:
    reader_id: int
    chain: UUID
    to: str


def new_secret() -> str:
    return secrets.token_urlsafe(24)


def state_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def sign(*, handed: Handed, sheet: Sheet, state: str) -> str:
    """For this outlet and the browser that holds the state's secret, for a minute."""
    values = [handed.reader_id, str(handed.chain), handed.to, sheet.id, state]
    return signing.dumps(values, salt=SALT)


def take(*, token: str, sheet: Sheet, secret: str) -> Handed:
    """Once. Raises NotHandedOn; another browser's asking uses nothing up."""
    try:
        reader_id, chain, to, outlet_id, state = signing.loads(
            token, salt=SALT, max_age=GOOD_FOR_SECONDS
        )
    except signing.BadSignature as bad:
        raise NotHandedOn from bad
    if outlet_id != sheet.id or not secrets.compare_digest(state, state_of(secret)):
        raise NotHandedOn
    if not cache.add(f"{KEY}?{keyed_hash('handed-on', state)}", True, timeout=GOOD_FOR_SECONDS):
        raise NotHandedOn
    return Handed(reader_id, UUID(chain), to)
