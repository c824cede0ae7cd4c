"""Which addresses there may be, in memory: made-up ones are answered without the ledger."""

import sys
from array import array

from masthead.press.shelf import Address, Shelf

# Bits for each address: with two of them set for each, about one made-up address in eighty is
# looked up in the ledger although it is not there.
BITS_EACH = 16
LEAST_BITS = 1 << 16
# Nothing published lies deeper; the ledger looks no further up either.
MOST_ANCESTORS = 32
_HALF = sys.hash_info.width // 2


class Marks:
    """
    A set that may say yes for what was never added, but never no for what was: a Bloom filter.

    Python's own hash of texts is another one in each process, so nobody can aim at it.
    """

    def __init__(self, hashes: "array[int]") -> None:
        count = max(LEAST_BITS, BITS_EACH * len(hashes))
        self._mask = (1 << (count - 1).bit_length()) - 1
        self._bits = bytearray((self._mask + 1) // 8)
        self.is_empty = True
        for each in hashes:
            self._mark(each)

    def add(self, host: str, path: str) -> None:
        self._mark(hash((host, path)))

    def may_have(self, host: str, path: str) -> bool:
        each, mask, bits = hash((host, path)), self._mask, self._bits
        first, second = each & mask, (each >> _HALF) & mask
        return bool(bits[first >> 3] >> (first & 7) & bits[second >> 3] >> (second & 7) & 1)

    def _mark(self, each: int) -> None:
        for at in (each & self._mask, (each >> _HALF) & self._mask):
            self._bits[at >> 3] |= 1 << (at & 7)
        self.is_empty = False


class Directory:
    """
    The shelf's addresses, asked in memory first.

    Until `build` has run, and after a change that touched everything, the ledger is asked each
    time. Addresses that went stay marked until the next build: then the ledger says no.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._all: Marks | None = None
        self._moved = Marks(array("q"))
        # What was set while a build reads; None while there is none.
        self._late: list[tuple[str, str]] | None = None
        self.is_wanted = True

    def address(self, host: str, path: str) -> Address | None:
        if self._all is not None and not self._all.may_have(host, path):
            return None
        return self._shelf.address(host, path)

    def moved_above(self, host: str, path: str) -> Address | None:
        if self._all is not None and not self._may_have_moved(host, path):
            return None
        return self._shelf.moved_above(host, path)

    def build(self, hosts: list[str]) -> None:
        """Reads all addresses; may run in a thread, while `changed` and questions go on."""
        self.is_wanted = False
        late: list[tuple[str, str]] = []
        self._late = late
        everything, moved = array("q"), array("q")
        for host in hosts:
            for address in self._shelf.all_addresses(host):
                key = hash((host, address.path))
                everything.append(key)
                if address.kind == "moved" and address.below:
                    moved.append(key)
        known, gone = Marks(everything), Marks(moved)
        self._all, self._moved, self._late = known, gone, None
        # Those that were set while we read are marked in the old ones only.
        for host, path in late:
            self.changed(host, path)

    def forget(self) -> None:
        """Everything may be different: ask the ledger until the next build."""
        self._all = None
        self.is_wanted = True

    def changed(self, host: str, path: str) -> None:
        """An address was set or removed. Marked without asking, which of the two it was."""
        late = self._late
        if late is not None:
            late.append((host, path))
        if self._all is not None:
            self._all.add(host, path)
            self._moved.add(host, path)

    def _may_have_moved(self, host: str, path: str) -> bool:
        moved = self._moved
        if moved.is_empty:
            return False
        if path.count("/") > MOST_ANCESTORS:
            return True
        at = path.rfind("/", 0, -1)
        while at >= 0:
            if moved.may_have(host, path[: at + 1]):
                return True
            at = path.rfind("/", 0, at)
        return False
