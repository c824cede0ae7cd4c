"""
Books of marks: which tokens were used, one byte each, in files that a machine's processes share.

Doors take serials from them; the keeper makes the marks. A mark is in the machine's memory the
moment it is made, and stays there when its process is killed. `sync` brings marks to the disk.
"""

import enum
import fcntl
import mmap
import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from masthead.ads.door import GOOD_SECONDS

ID_BYTES = 6
SERIALS = 1 << 20  # of one book
# A process takes so many at once; what it has not given when it ends is never given.
RUN = 4096
NEW_AFTER_SECONDS = 3600
# Every token of it is too old by then, with an hour for clocks that were put back.
KEPT_SECONDS = NEW_AFTER_SECONDS + GOOD_SECONDS + 3600
_SUFFIX = ".book"
_HEADER = struct.Struct(">8sdI")
_HEADER_BYTES = 64
_MAGIC = b"mhbook1\n"


class Mark(enum.Enum):
    NEW = enum.auto()
    AGAIN = enum.auto()
    ELSEWHERE = enum.auto()  # there is no such book on this machine


class Book:
    def __init__(self, file: Path) -> None:
        """Raises OSError, and ValueError for what is no book."""
        self.name = file.name.removesuffix(_SUFFIX)
        self.id = bytes.fromhex(self.name)
        self.handle = os.open(file, os.O_RDWR | os.O_CLOEXEC)
        try:
            self._map = mmap.mmap(self.handle, _HEADER_BYTES + SERIALS)
            magic, self.begun_at, _ = _HEADER.unpack_from(self._map)
            if magic != _MAGIC:
                raise ValueError(file)
        except BaseException:
            os.close(self.handle)
            raise
        self.is_marked = False  # since it was last synced
        self.is_syncing = False

    def mark(self, serial: int, kind: int) -> bool:
        """Whether it was not marked so before. kind: a bit."""
        at = _HEADER_BYTES + serial
        # Another process may be at the same byte, with the same token sent twice at once.
        fcntl.lockf(self.handle, fcntl.LOCK_EX, 1, at)
        try:
            had = self._map[at]
            if had & kind:
                return False
            self._map[at] = had | kind
        finally:
            fcntl.lockf(self.handle, fcntl.LOCK_UN, 1, at)
        self.is_marked = True
        return True

    def is_marked_so(self, serial: int, kind: int) -> bool:
        return bool(self._map[_HEADER_BYTES + serial] & kind)

    def marks(self, kind: int) -> int:
        """How many there are of it."""
        return sum(1 for each in self._map[_HEADER_BYTES:] if each & kind)

    def take_run(self) -> range:
        """Serials that nobody else gives; none when the book is full. Under the folder's lock."""
        first = int(_HEADER.unpack_from(self._map)[2])
        after = min(first + RUN, SERIALS)
        _HEADER.pack_into(self._map, 0, _MAGIC, self.begun_at, after)
        return range(first, after)

    def close(self) -> None:
        self._map.close()
        os.close(self.handle)


class Books:
    """For one thread of a process; any number of processes may have the same folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._open: dict[bytes, Book] = {}
        self._current: Book | None = None
        self._run: Iterator[int] = iter(())

    def next(self, now: float) -> tuple[bytes, int]:
        """A book and a serial that were never given before. Raises OSError."""
        book = self._current
        if book is not None and abs(now - book.begun_at) < NEW_AFTER_SECONDS:
            serial = next(self._run, None)
            if serial is not None:
                return book.id, serial
        book = self._turn_to(now)
        return book.id, next(self._run)

    def mark(self, name: bytes, serial: int, kind: int) -> Mark:
        book = self._find(name)
        if book is None or serial >= SERIALS:
            return Mark.ELSEWHERE
        return Mark.NEW if book.mark(serial, kind) else Mark.AGAIN

    def look(self, name: bytes, serial: int, kind: int) -> Mark:
        """What `mark` would say; nothing is marked."""
        book = self._find(name)
        if book is None or serial >= SERIALS:
            return Mark.ELSEWHERE
        return Mark.AGAIN if book.is_marked_so(serial, kind) else Mark.NEW

    def all(self) -> list[Book]:
        found = [self._find(bytes.fromhex(name)) for name in self.names()]
        return [book for book in found if book is not None]

    def names(self) -> list[str]:
        """Of all the books of this machine, as hexadecimal."""
        return sorted(file.name.removesuffix(_SUFFIX) for file in self._folder.glob(f"*{_SUFFIX}"))

    def marked(self) -> list[Book]:
        """Those to be synced; each is kept open until it is."""
        marked = [book for book in self._open.values() if book.is_marked]
        for book in marked:
            book.is_marked, book.is_syncing = False, True
        return marked

    def forget_old(self, now: float) -> None:
        """Books whose tokens are all too old. Other processes close theirs by and by."""
        for name in self.names():
            book = self._find(bytes.fromhex(name))
            if book is not None and now - book.begun_at > KEPT_SECONDS:
                self._file(bytes.fromhex(name)).unlink(missing_ok=True)
        self._close_gone()

    def _close_gone(self) -> None:
        for name, book in list(self._open.items()):
            is_used = book is self._current or book.is_syncing or book.is_marked
            if not is_used and not self._file(name).exists():
                del self._open[name]
                book.close()

    def close(self) -> None:
        for book in self._open.values():
            book.close()
        self._open.clear()
        self._current, self._run = None, iter(())

    def _turn_to(self, now: float) -> Book:
        self._close_gone()
        with self._locked():
            for name in self.names():
                book = self._find(bytes.fromhex(name))
                if book is not None and abs(now - book.begun_at) < NEW_AFTER_SECONDS:
                    run = book.take_run()
                    if run:
                        self._current, self._run = book, iter(run)
                        return book
            self._current = book = self._begin(now)
            self._run = iter(book.take_run())
            return book

    def _begin(self, now: float) -> Book:
        name = secrets.token_bytes(ID_BYTES)
        file = self._file(name)
        part = file.with_suffix(".part")
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
        try:
            os.write(handle, _HEADER.pack(_MAGIC, now, 0))
            os.ftruncate(handle, _HEADER_BYTES + SERIALS)  # empty, it takes no room on the disk
            os.fsync(handle)
        finally:
            os.close(handle)
        part.rename(file)
        self._open[name] = book = Book(file)
        return book

    def _find(self, name: bytes) -> Book | None:
        book = self._open.get(name)
        if book is not None:
            return book
        try:
            book = Book(self._file(name))
        except (OSError, ValueError):
            return None
        self._open[name] = book
        return book

    def _file(self, name: bytes) -> Path:
        return self._folder / f"{name.hex()}{_SUFFIX}"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def sync(books: list[Book]) -> None:
    """
    Marks made so far are on the disk when this returns. Raises OSError.

    Not `mmap.flush`, which keeps every other thread waiting for the disk.
    """
    for book in books:
        os.fdatasync(book.handle)
        book.is_syncing = False
