"""Writes: a printed page goes onto the shelf."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from hashlib import blake2b

from masthead.press.printing import NotForShelf, print_target
from masthead.press.shelf import Shelf
from masthead.press.shelf.addresses import PAGE

TRIES = 3  # what it shows may be withdrawn while it is printed
LOCKS = 64


class Outcome(Enum):
    SHELVED = "a fresh page is there"
    NOT_FOR_SHELF = "the program answers there, or nothing is there (any more)"
    OVERTAKEN = "what the page shows was withdrawn again and again while it was printed"


def print_anew(*, shelf: Shelf, host: str, target: str, variant: str) -> Outcome:
    """
    Print one page and shelve it, unless a fresh one is there already.

    One print at a time of one page, in all processes together; whoever waited for another's print
    finds that and prints nothing.
    """
    with _alone(shelf, host, target, variant):
        state = shelf.state(host, target, variant)
        if state is not None and state.is_fresh(time.time()):
            return Outcome.SHELVED
        for _ in range(TRIES):
            try:
                page = print_target(host=host, target=target, variant=variant)
            except NotForShelf:
                shelf.drop(host, target, variant)
                return Outcome.NOT_FOR_SHELF
            if shelf.put(page):
                return Outcome.SHELVED
        return Outcome.OVERTAKEN


def forget_address(*, shelf: Shelf, host: str, target: str) -> None:
    """
    There is nothing at an address any more.

    For the keeper alone: it also adds addresses, so it cannot overlook that one has come back.
    """
    address = shelf.address(host, target)
    if address is not None and address.kind == PAGE:
        shelf.remove_addresses(host, [target])


@contextmanager
def _alone(shelf: Shelf, *place: str) -> Iterator[None]:
    """A lock on a file is given back by the system when its process is killed."""
    number = blake2b("\0".join(place).encode(), digest_size=1).digest()[0] % LOCKS
    folder = shelf.folder / "locks"
    folder.mkdir(exist_ok=True)
    handle = os.open(folder / f"{number:02}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
