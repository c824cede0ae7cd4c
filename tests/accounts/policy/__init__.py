"""
Who may call which address: every named address of the network stands in exactly one of these.

A new address fails `test_every_address_declares_who_may_call_it` until it stands here.
"""

from .anybody import OWN_ACCOUNT, PUBLIC
from .roles import FOR_EDITORS, FOR_MODERATORS, FOR_OWNERS, FOR_PUBLISHERS
from .staff import OF_ONE_OUTLET, OPEN_TO_STAFF

__all__ = [
    "FOR_EDITORS",
    "FOR_MODERATORS",
    "FOR_OWNERS",
    "FOR_PUBLISHERS",
    "OF_ONE_OUTLET",
    "OPEN_TO_STAFF",
    "OWN_ACCOUNT",
    "POLICIES",
    "PUBLIC",
]

POLICIES = {
    "public": PUBLIC,
    "own account": OWN_ACCOUNT,
    "publishers": FOR_PUBLISHERS,
    "moderators": FOR_MODERATORS,
    "editors": FOR_EDITORS,
    "owners": FOR_OWNERS,
    "of one outlet": OF_ONE_OUTLET,
    "staff": OPEN_TO_STAFF,
}
