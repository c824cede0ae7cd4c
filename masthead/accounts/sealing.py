"""
Words kept so that a copy of the database alone gives them to nobody.

The key is made of the machine's secret key, which is not in the database.
"""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from masthead.core.keys import Sealer

SEALED = "sealed:"


def seal(text: str) -> str:
    return SEALED + _WORDS.seal(text.encode()).decode("ascii")


def unseal(kept: str) -> str:
    """What was sealed, with the present or a former key. Raises SealedByAnotherKey."""
    if not kept.startswith(SEALED):
        return kept  # set up before anything was sealed
    return _WORDS.unseal(kept.removeprefix(SEALED).encode()).decode()


def needs_sealing(kept: str) -> bool:
    """Whether it is still in clear, or sealed with another key than the present one."""
    if not kept.startswith(SEALED):
        return True
    return not _WORDS.is_by_present_key(kept.removeprefix(SEALED).encode())


def _derived(use: str, secret: str) -> bytes:
    """As the first words were sealed, which are to stay readable."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=use.encode())
    return key.derive(secret.encode())


_WORDS = Sealer("masthead.accounts.sealing 1", _derived)
