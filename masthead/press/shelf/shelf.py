"""The shelf: printed pages on disk, and the ledger of what is there."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from masthead.press.shelf import addresses, changes, keeping, purging
from masthead.press.shelf.addresses import Address, Hosts
from masthead.press.shelf.changes import PUBLIC, Place
from masthead.press.shelf.container import Page, Tampered, first_body, pack, unpack
from masthead.press.shelf.files import FOLDER_MODE, load, page_name, write_whole
from masthead.press.shelf.keeping import Stale, State
from masthead.press.shelf.ledger import Ledger, set_setting, setting
from masthead.press.shelf.mirror import Mirror
from masthead.press.shelf.packing import pack_some
from masthead.press.shelf.printing import enter
from masthead.press.shelf.purging import Applied, Purge
from masthead.press.shelf.reads import add_reads
from masthead.press.shelf.sweeping import Swept, mend_mirror, sweep
from masthead.press.shelf.told import Told, tell, told_since
from masthead.press.shelf.verify import Fault, verify


@dataclass(frozen=True, slots=True)
class Found:
    """
    A page with its container, in which nothing is ever written over.

    begins: where in the file the first body begins; the others follow it.
    """

    page: Page
    file: str
    begins: int


class Shelf:
    """
    Several processes and threads use one folder at the same time; every method is safe for that.
    Killed at any point it holds the old or the new page, never half.

    secret: seals the pages. most_bytes: what `evict` brings it down to. mirror: keep public pages
    as plain files too.
    """

    def __init__(
        self,
        folder: Path,
        *,
        secret: bytes,
        most_bytes: int = 2_000_000_000,
        mirror: bool = False,
    ) -> None:
        self.folder = folder
        self.pages = folder / "pages"
        self.pages.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        self.secret = secret
        self.most_bytes = most_bytes
        self.ledger = Ledger(folder / "ledger.db")
        self.mirror = Mirror(folder / "mirror", is_on=mirror)
        self._prefix = f"{self.pages}/"
        self._hosts: tuple[str, Hosts] = ("", Hosts())

    # Reading

    def read(self, host: str, target: str, variant: str) -> Page | None:
        """None: not there, or tampered with; such a one is taken off as well."""
        found = self.find(host, target, variant)
        return None if found is None else found.page

    def find(self, host: str, target: str, variant: str) -> Found | None:
        """`read`, and where its bodies are."""
        tried = ""
        while True:
            file = self._file(host, target, variant)
            if file is None:
                return None
            data = load(self._prefix + file)
            if data is not None:
                page = self._unpacked(data, (host, target, variant), file)
                return None if page is None else Found(page, self._prefix + file, first_body(data))
            if file == tried:  # nobody printed it anew since: the file is lost
                self._lost((host, target, variant), file)
                return None
            tried = file

    def find_for(self, host: str, target: str, variant: str) -> Found | None:
        """What readers of that class get: their own print, or the public's when it is for all."""
        found = self.find(host, target, variant)
        if found is None and variant != PUBLIC:
            found = self.find(host, target, PUBLIC)
            return found if found is not None and found.page.for_all else None
        return found

    def state(self, host: str, target: str, variant: str) -> State | None:
        return keeping.find_state(self.ledger.connection(), host, target, variant)

    def stale_since(self, place: Place, *, file: str) -> float | None:
        """Of the print in this container, 0.0 while it is fresh; None: it is another one by now."""
        name = file.removeprefix(self._prefix)
        return keeping.find_stale_since(self.ledger.connection(), place, name)

    def address(self, host: str, path: str) -> Address | None:
        return addresses.find_address(self.ledger.connection(), host, path)

    def moved_above(self, host: str, path: str) -> Address | None:
        """The nearest address above that moved with everything below it."""
        return addresses.find_moved_above(self.ledger.connection(), host, path)

    def hosts(self) -> Hosts:
        """The same object while nothing changed."""
        text = setting(self.ledger.connection(), "hosts")
        if text != self._hosts[0]:
            self._hosts = (text, addresses.read_hosts(text))
        return self._hosts[1]

    def changes_since(self, number: int) -> tuple[int, list[Place] | None]:
        """
        The newest number and what changed after `number`; begin with -1.

        None: forget everything. (host, path, ""): the address itself, in all its variants.
        """
        return changes.changes_since(self.ledger.connection(), number)

    def told_since(self, number: int) -> tuple[int, list[Told]]:
        """Readers whose class became another, after `number`; begin with 0."""
        return told_since(self.ledger.connection(), number)

    def data_version(self) -> int:
        """Another number when somebody else wrote; compare within one thread only."""
        row = self.ledger.connection().execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def note_used(
        self, uses: Mapping[Place, int], *, at: float, reads: Mapping[int, int] | None = None
    ) -> None:
        """reads: of articles, by the rows of their addresses; see `shelf.reads`."""
        with self.ledger.writing() as connection:
            keeping.note_used(connection, uses, at)
            if reads:
                add_reads(connection, reads, hour=int(at) // 3600)

    # Writing

    def put(self, page: Page) -> bool:
        """
        False, and nothing changed: a newer print is there, or what it shows is gone since.

        A page that was purged while it was printed is stale from the start. A print where none
        was before is not waited for on the disk: a power cut may take it, then it is printed again.
        """
        data = pack(page, secret=self.secret)
        name = page_name(page.host, page.target, page.variant)
        lasting = self._file(page.host, page.target, page.variant) is not None
        write_whole(self.pages / name, data, lasting=lasting)
        is_mirrored = self.mirror.takes(page)
        try:
            with self.ledger.writing(lasting=lasting) as connection:
                nothing_to_do = self.mirror.is_on and not is_mirrored
                entered = enter(connection, page, file=name, size=len(data), mirrored=nothing_to_do)
                if entered.is_shelved and not is_mirrored:
                    self.mirror.remove(page.host, page.target, page.variant)
        except Exception:
            self._unlink([name])
            raise
        if not entered.is_shelved:
            self._unlink([name])
            return False
        self._unlink(entered.replaced)
        if is_mirrored:
            self.mirror.write(self.ledger, page, name=name)
        return True

    def apply(self, purge: Purge) -> Applied:
        """
        Mark what the purge names stale, take off what is gone, remember its number: one step.

        Repeating a number is harmless. Raises Gap when numbers before it are missing.
        """
        with self.ledger.writing() as connection:
            done = purging.mark(connection, purge)
            for place in done.gone:
                self.mirror.remove(*place)
        self._unlink(done.files)
        return done

    def applied(self) -> int:
        return purging.applied(self.ledger.connection())

    def learned(self) -> int:
        """Up to which number the keeper has seen to everything; not more than `applied`."""
        return int(setting(self.ledger.connection(), "learned") or 0)

    def set_learned(self, number: int) -> None:
        with self.ledger.writing() as connection:
            set_setting(connection, "learned", str(number))

    def apply_everything(self, number: int, at: float) -> None:
        """After numbers that cannot be had any more: every page is stale."""
        with self.ledger.writing() as connection:
            purging.mark_everything(connection, number, at)

    def start_over(self) -> None:
        """An empty shelf that has followed nothing: the log of changes is another one."""
        with self.ledger.writing() as connection:
            dropped = keeping.drop_everything(connection)
            purging.forget_purges(connection)
            for each in dropped:
                self.mirror.remove(*each.place)
        self._unlink(each.file for each in dropped)

    def expire(self, at: float) -> int:
        """Pages whose time has come become stale; how many. Writes only when there are some."""
        if not keeping.is_any_due(self.ledger.connection(), at):
            return 0
        with self.ledger.writing() as connection:
            return keeping.expire(connection, at)

    def doubt_everything(self, at: float) -> None:
        """Every page is stale: another edition of the program would print it otherwise."""
        with self.ledger.writing() as connection:
            keeping.doubt_everything(connection, at)

    def edition(self) -> str:
        """By which edition of the program the pages were printed; empty for a new shelf."""
        return setting(self.ledger.connection(), "edition")

    def set_edition(self, edition: str) -> None:
        with self.ledger.writing() as connection:
            set_setting(connection, "edition", edition)

    def stale(self, *, most: int) -> list[Stale]:
        """Most used first, then those stale for longest."""
        return keeping.find_stale(self.ledger.connection(), most)

    def showing(self, keys: Iterable[str], *, most: int) -> list[Place]:
        """Where pages with one of these keys are, those read last first; "*" is in every page."""
        return keeping.find_showing(self.ledger.connection(), keys, most)

    def drop(self, host: str, target: str, variant: str) -> None:
        self.take_off((host, target, variant))

    def take_off(self, place: Place, *, file: str | None = None) -> bool:
        """Whether it was there. file: only while the ledger names this container."""
        with self.ledger.writing() as connection:
            dropped = keeping.drop_place(connection, place, file=file)
            for each in dropped:
                self.mirror.remove(*each.place)
        self._unlink(each.file for each in dropped)
        return bool(dropped)

    def tell(self, told: Iterable[Told], *, now: float) -> None:
        """The doors heed it with their next look; lasting when this returns."""
        tell(self.ledger, told, now=now)

    # Addresses

    def set_addresses(self, host: str, rows: Iterable[Address]) -> int:
        """Add or change these; how many differed. Others stay."""
        return addresses.set_addresses(self.ledger, host, rows)

    def remove_addresses(self, host: str, paths: Iterable[str]) -> None:
        addresses.remove_addresses(self.ledger, host, paths)

    def all_addresses(self, host: str) -> Iterator[Address]:
        return addresses.all_addresses(self.ledger, host)

    def missing(self, host: str, variant: str, most: int, *, after: str = "") -> list[str]:
        """Paths of pages not on the shelf, in order; `after`: the last one handed out before."""
        connection = self.ledger.connection()
        return addresses.missing(connection, host, variant, most=most, after=after)

    def set_hosts(self, hosts: Hosts) -> None:
        addresses.write_hosts(self.ledger, hosts)

    # Keeping

    def evict(self) -> int:
        """Down to most_bytes, those least recently used first; how many went."""
        count = 0
        while True:
            with self.ledger.writing() as connection:
                dropped = keeping.drop_oldest(connection, most_bytes=self.most_bytes)
                for each in dropped:
                    self.mirror.remove(*each.place)
            if not dropped:
                return count
            self._unlink(each.file for each in dropped)
            count += len(dropped)

    def sweep(self) -> Swept:
        """Remove what a killed process left behind, and finish what it began in the mirror."""
        return sweep(self)

    def pack_some(self, *, most: int) -> int:
        """Make the encodings that prints in haste left out; how many pages were looked at."""
        return pack_some(self, most=most)

    def mend_mirror(self) -> int:
        """Copies that a killed process did not write, or a full disk took; cheap. How many."""
        return mend_mirror(self)

    def verify(self) -> Iterator[Fault]:
        """Every page against its seal and its row."""
        return verify(self)

    def is_full(self) -> bool:
        """Whether a page more would push out another."""
        return self.total_bytes() >= self.most_bytes

    def total_bytes(self) -> int:
        return keeping.total_bytes(self.ledger.connection())

    def counts(self) -> dict[str, int]:
        """Pages, stale pages, their bytes, addresses."""
        return keeping.counts(self.ledger.connection())

    def close(self) -> None:
        """This thread's connection."""
        self.ledger.close()

    # Within

    def _file(self, host: str, target: str, variant: str) -> str | None:
        row = (
            self.ledger.connection()
            .execute(
                "SELECT file FROM page WHERE host = ? AND target = ? AND variant = ?",
                (host, target, variant),
            )
            .fetchone()
        )
        return None if row is None else row[0]

    def _unpacked(self, data: bytes, place: Place, file: str) -> Page | None:
        try:
            page = unpack(data, secret=self.secret)
            if (page.host, page.target, page.variant) != place:
                raise Tampered("This is another page.")
        except Tampered:
            self._lost(place, file)
            return None
        return page

    def _lost(self, place: Place, file: str) -> None:
        # A reader is not kept from an answer by a busy ledger; the next one tries again.
        with suppress(sqlite.OperationalError):
            self.take_off(place, file=file)

    def _unlink(self, files: Iterable[str]) -> None:
        for file in files:
            (self.pages / file).unlink(missing_ok=True)
