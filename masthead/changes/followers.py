"""
Who follows the log in the process that wrote in it, right after its commit.

A registry: whoever keeps something printed puts itself in, so that what is new is known at once,
also while nobody else is there to read the log.
"""

import logging
from collections.abc import Callable

from django.db import transaction

log = logging.getLogger(__name__)

# Called without arguments after the commit, in some milliseconds; what it leaves undone, the
# log's own readers do.
Follow = Callable[[], None]
_followers: dict[str, Follow] = {}


def register_follower(name: str, follow: Follow) -> None:
    """Add one; call from `apps.ready()`. Raises ValueError for a taken name."""
    if name in _followers:
        raise ValueError(f"A follower named {name} is registered already.")
    _followers[name] = follow


def follow_after_commit() -> None:
    """Once for each transaction, however many changes it notes."""
    waiting = transaction.get_connection().run_on_commit
    # One that waits in a savepoint is dropped with it, and with it the change it was for.
    if not any(each[1] is tell_followers for each in waiting):
        transaction.on_commit(tell_followers, robust=True)


def tell_followers() -> None:
    """A follower that fails never fails what was committed."""
    for name, follow in _followers.items():
        try:
            follow()
        except Exception as error:
            log.warning("What changed is left to the worker; %s could not follow: %r", name, error)
