"""Writes: a printed page goes onto the shelf."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b

from masthead.press.printing import NotForShelf, print_target
from masthead.press.shelf import Shelf
from masthead.press.shelf.addresses import PAGE
from masthead.press.shelf.changes import PUBLIC

TRIES = 3  # what it shows may be withdrawn while it is printed
LOCKS = 64


class Outcome(Enum):
    SHELVED = "a fresh page is there"
    NOT_FOR_SHELF = "the program answers there, or nothing is there (any more)"
    OVERTAKEN = "what the page shows was withdrawn again and again while it was printed"


def print_anew(
    *, shelf: Shelf, host: str, target: str, variant: str, in_haste: bool = False
) -> Outcome:
    """
    Print one page and shelve it, unless a fresh one is there already.

    One print at a time of one page, in all processes together; whoever waited for another's print
    finds that and prints nothing. Another class than the public gets a print of its own only where
    the public's is not right for all. in_haste: a reader waits; of a page that was not there the
    keeper makes further encodings later.
    """
    printer = _Printer(shelf, host, target, in_haste)
    if variant != PUBLIC:
        outcome = printer.print_for_all()
        if outcome is not None:
            if shelf.state(host, target, variant) is not None:
                shelf.drop(host, target, variant)
            return outcome
    return printer.print(variant)


@dataclass(frozen=True)
class _Printer:
    shelf: Shelf
    host: str
    target: str
    in_haste: bool

    def print_for_all(self) -> Outcome | None:
        """What became of the public's print when that is all that is needed, else None."""
        state = self.shelf.state(self.host, self.target, PUBLIC)
        if state is not None and not state.for_all:
            return None
        outcome = self.print(PUBLIC)
        state = self.shelf.state(self.host, self.target, PUBLIC)
        is_for_all = state is not None and state.for_all
        return outcome if is_for_all or outcome is Outcome.NOT_FOR_SHELF else None

    def print(self, variant: str) -> Outcome:
        place = (self.host, self.target, variant)
        with _alone(self.shelf, *place):
            state = self.shelf.state(*place)
            if state is not None and state.is_fresh(time.time()):
                return Outcome.SHELVED
            for _ in range(TRIES):
                try:
                    page = print_target(
                        host=self.host,
                        target=self.target,
                        variant=variant,
                        in_haste=self.in_haste and state is None,
                    )
                except NotForShelf:
                    if state is not None:  # a write on the disk, for each address people make up
                        self.shelf.drop(*place)
                    return Outcome.NOT_FOR_SHELF
                if self.shelf.put(page):
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
    file, how = shelf.folder / "locks" / f"{number:02}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC
    try:
        handle = os.open(file, how, 0o640)
    except FileNotFoundError:
        file.parent.mkdir(exist_ok=True)
        handle = os.open(file, how, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
