"""What devices told of tokens, each counted once by the marks in the books."""

from masthead.ads.door.books import Books, Mark, sync
from masthead.ads.door.intake import BITS
from masthead.ads.door.tally import Batch, Stray, Tally, What
from masthead.ads.door.tokens import Seal


class Settling:
    """
    One turn over some batches. Marks are made at its end, when the sums are safe: killed before,
    the same batches settle again to the same sums.
    """

    def __init__(self, books: Books, seal: Seal) -> None:
        self._books = books
        self._seal = seal
        self._used: set[tuple[bytes, int, int]] = set()

    def settle(self, batch: Batch) -> Tally:
        """
        Its sums with those of what was told; refused is what was told before.

        A batch that counted already is settled too, before others, for the sake of its marks.
        """
        settled = Tally({key: list(row) for key, row in batch.tally.counts.items()})
        for (text, what), at in batch.tally.told.items():
            token = self._seal.read(text)
            if token is None:  # its key was taken away this moment
                continue
            mark = (token.book, token.serial, BITS[what])
            found = Mark.AGAIN if mark in self._used else self._books.look(*mark)
            if found is Mark.ELSEWHERE:
                if settled.hand_on(Stray(token.book.hex(), text, what, at)):
                    continue
                found = Mark.AGAIN
            counted = what if found is Mark.NEW else What.REFUSED
            self._used.add(mark)
            settled.add(
                counted, outlet=token.outlet, place=token.place, creative=token.creative, now=at
            )
        return settled

    def make_marks(self) -> None:
        """On the disk when this returns. Raises OSError."""
        for mark in self._used:
            self._books.mark(*mark)
        sync(self._books.marked())
