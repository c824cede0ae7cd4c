"""Partners' keys: long, random, kept as a hash."""

import hashlib
import secrets

KEY_BYTES = 32
PREFIX = "mh-"  # so that whoever finds a key in a log knows what it is


def new_key() -> str:
    return PREFIX + secrets.token_urlsafe(KEY_BYTES)


def hash_of(key: str) -> str:
    """A plain hash is enough for what is random and long."""
    return hashlib.sha256(key.encode()).hexdigest()
