"""
Words kept so that a copy of the database alone gives them to nobody.

The key is made of the machine's secret key, which is not in the database.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SEALED = "sealed:"
# Part of every key: another use of the secret key gets another label, and so another key.
LABEL = b"masthead.accounts.sealing 1"


class SealedByAnotherKey(Exception):
    """The secret key is not the one this was sealed with, nor a former one that is set."""


def seal(text: str) -> str:
    return SEALED + _keys().encrypt(text.encode()).decode("ascii")


def unseal(kept: str) -> str:
    """What was sealed, with the present or a former key. Raises SealedByAnotherKey."""
    if not kept.startswith(SEALED):
        return kept  # set up before anything was sealed
    try:
        return _keys().decrypt(kept.removeprefix(SEALED).encode()).decode()
    except InvalidToken as invalid:
        raise SealedByAnotherKey("This was sealed with another secret key.") from invalid


def needs_sealing(kept: str) -> bool:
    """Whether it is still in clear, or sealed with another key than the present one."""
    try:
        _key(settings.SECRET_KEY).decrypt(kept.removeprefix(SEALED).encode())
    except InvalidToken:
        return True
    return not kept.startswith(SEALED)


def _keys() -> MultiFernet:
    return MultiFernet(
        [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


@cache
def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=LABEL).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
