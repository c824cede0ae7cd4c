"""Hears what others do to the shelf, and tells the ledger what readers read."""

import asyncio
import logging
import time

from masthead.press.door.classes import VARIANTS
from masthead.press.door.door import Door
from masthead.press.door.printing import Printing
from masthead.press.shelf.changes import PUBLIC
from masthead.press.shelf.ledger import sqlite

log = logging.getLogger("masthead.door")

LOOK_SECONDS = 0.01
NOTE_SECONDS = 2.0
# More at once are dropped, and read again when somebody asks.
MOST_READ_AGAIN = 200
Place = tuple[str, str, str]


class Follow:
    """
    Looks at the ledger's version every 10 ms; only when it moved is the change log read.

    A ledger that cannot be read for a moment is no reason to end: the pages in memory stay.
    """

    def __init__(self) -> None:
        self._version = -1
        self._number = -1
        self._told = 0
        self._noted_at = time.monotonic()
        self._noting: asyncio.Task[None] | None = None
        self._building: asyncio.Task[None] | None = None

    async def run(self, door: Door, printing: Printing) -> None:
        while True:
            door.now = time.time()
            try:
                self.look(door)
            except Exception:
                # Whatever it is: a door that stopped listening would serve old pages for ever.
                log.exception("The shelf's ledger cannot be read.")
                await asyncio.sleep(1)
            if door.wanted_anew:
                printing.begin_anew(door.wanted_anew)
            self._note_now_and_then(door)
            self._build_when_wanted(door)
            await asyncio.sleep(LOOK_SECONDS)

    def look(self, door: Door) -> None:
        version = door.shelf.data_version()
        if version == self._version:
            return
        self._told, told = door.shelf.told_since(self._told)
        if told:
            door.classes.hear(told, now=door.now)
        self._number, places = door.shelf.changes_since(self._number)
        self._version = version
        if places is None:
            door.forget()
        elif places:
            take_in(door, places)

    async def stop(self, door: Door) -> None:
        running = [each for each in (self._noting, self._building) if each is not None]
        await asyncio.gather(*running, return_exceptions=True)
        await self._note(door)

    def _note_now_and_then(self, door: Door) -> None:
        if time.monotonic() - self._noted_at < NOTE_SECONDS:
            return
        if self._noting is None or self._noting.done():
            self._noted_at = time.monotonic()
            self._noting = asyncio.ensure_future(self._note(door))

    def _build_when_wanted(self, door: Door) -> None:
        if door.directory.is_wanted and (self._building is None or self._building.done()):
            self._building = asyncio.ensure_future(self._build(door))

    async def _build(self, door: Door) -> None:
        try:
            await asyncio.to_thread(door.directory.build, list(door.hosts.tables))
        except sqlite.Error as error:
            log.warning("The addresses could not be read: %s", error)
            await asyncio.sleep(1)
            door.directory.is_wanted = True

    async def _note(self, door: Door) -> None:
        """In a thread: it waits for the ledger's other writers and for the disk."""
        uses, now = door.memory.take_uses(), time.time()
        reads = door.memory.take_reads()
        door.reads.at(int(now) // 3600)
        if not uses:
            return
        try:
            await asyncio.to_thread(door.shelf.note_used, uses, at=now, reads=reads)
        except sqlite.Error as error:
            log.warning("What readers read could not be noted: %s", error)


def take_in(door: Door, places: list[Place]) -> None:
    """Pages that changed are read again; of addresses that changed nothing is kept."""
    pages = {key for place in places if place[2] for key in _given(place)}
    addresses = {(host, path) for host, path, variant in places if not variant}
    for address in addresses:
        door.directory.changed(*address)
    if addresses:
        for key in list(door.memory.pages):
            if (key[0], key[1].partition("?")[0]) in addresses:
                door.memory.drop(key)
    known = pages & door.memory.pages.keys()
    for number, key in enumerate(known):
        if number < MOST_READ_AGAIN:
            door.changed(key)
        else:
            door.memory.drop(key)


def _given(place: Place) -> list[Place]:
    """What may be held of a page that changed: the public's print is given to every class."""
    host, target, variant = place
    return [(host, target, each) for each in (VARIANTS if variant == PUBLIC else (variant,))]
