"""
Sums in memory, what devices told of tokens, and the files in which both wait for the database.

Each file is a batch with a name of its own. It is on the disk, whole, before anybody is told of
it: told twice, the same batch is known again.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import islice
from pathlib import Path
from uuid import uuid4

from masthead.core.files import write_whole
from masthead.press.shelf.files import sync_folder

log = logging.getLogger("masthead.ads")

# Of one batch; more of them do not count. A door makes a batch a second.
MOST_TOLD = 20_000
MOST_STRAYS = 5_000
_SUFFIX = ".json"

# Outlet and creative (0: none) by their rows' numbers, hour since 1970.
Key = tuple[int, str, int, int]


class What(IntEnum):
    """In this order they stand in a row."""

    CHANCES = 0
    OFFERED = 1
    VISIBLE = 2
    CLICKED = 3
    REFUSED = 4


@dataclass(frozen=True, slots=True)
class Stray:
    """An event whose token another machine gave. book: of its mark. at: Unix seconds."""

    book: str
    token: str
    what: What
    at: int


@dataclass
class Tally:
    """
    told: tokens of ours with what was told of each, and when (Unix seconds); whether it counts,
    whoever has the marks finds out. strays: found then.
    """

    counts: dict[Key, list[int]] = field(default_factory=dict)
    told: dict[tuple[str, What], int] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)

    def add(
        self, what: What, *, outlet: int, place: str, creative: int, now: float, times: int = 1
    ) -> None:
        key = (outlet, place, creative, int(now) // 3600)
        row = self.counts.get(key)
        if row is None:
            row = self.counts[key] = [0] * len(What)
        row[what] += times

    def note(self, token: str, what: What, *, at: int) -> bool:
        """False: it is there already, or there are too many."""
        if (token, what) in self.told or len(self.told) >= MOST_TOLD:
            return False
        self.told[token, what] = at
        return True

    def hand_on(self, stray: Stray) -> bool:
        """False: there are too many."""
        if len(self.strays) >= MOST_STRAYS:
            return False
        self.strays.append(stray)
        return True

    def add_all(self, other: "Tally") -> None:
        for key, row in other.counts.items():
            own = self.counts.setdefault(key, [0] * len(What))
            for what, count in enumerate(row):
                own[what] += count
        for (token, what), at in other.told.items():
            self.note(token, what, at=at)
        self.strays += other.strays[: MOST_STRAYS - len(self.strays)]


@dataclass(frozen=True)
class Batch:
    """name: 32 hexadecimal digits."""

    name: str
    tally: Tally


def keep(tally: Tally, folder: Path) -> str:
    """The batch's name. Raises OSError, with nothing kept."""
    name = uuid4().hex
    rows = [[*key, *row] for key, row in tally.counts.items()]
    told = [[token, int(what), at] for (token, what), at in tally.told.items()]
    content = json.dumps({"counts": rows, "told": told}, separators=(",", ":"))
    file = folder / f"{name}{_SUFFIX}"
    try:
        write_whole(file, content.encode("ascii"))
    except OSError:
        # There, though its folder could not be synced: given back it would count twice.
        if not file.exists():
            raise
    return name


def waiting(folder: Path) -> Iterator[Batch]:
    """What is there and can be read."""
    for file in _files(folder):
        batch = _read(file)
        if batch is not None:
            yield batch


def take(folder: Path, taken: Path, *, most: int, most_told: int) -> list[Batch]:
    """
    Some batches, moved to the folder `taken`; whoever takes them forgets them then.

    Those that are there already come first and alone, so that of a killed turn exactly the same
    ones come again before any other. most, most_told: about so many batches, and tokens in them.
    """
    batches = list(waiting(taken))
    if batches:
        return batches
    taken.mkdir(mode=0o750, parents=True, exist_ok=True)
    told = 0
    for batch in islice(waiting(folder), most):
        (folder / f"{batch.name}{_SUFFIX}").rename(taken / f"{batch.name}{_SUFFIX}")
        batches.append(batch)
        told += len(batch.tally.told)
        if told >= most_told:
            break
    if batches:  # where they are is known before what they say is added
        sync_folder(taken)
        sync_folder(folder)
    return batches


def is_empty(folder: Path) -> bool:
    return not _files(folder)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob(f"*{_SUFFIX}") if not file.name.startswith("."))


def forget(names: Iterable[str], folder: Path) -> None:
    """They have been taken."""
    for name in names:
        (folder / f"{name}{_SUFFIX}").unlink(missing_ok=True)


def _read(file: Path) -> Batch | None:
    """None: it is broken, and put aside, so that it does not keep the others from being taken."""
    try:
        content = json.loads(file.read_bytes())
        counts: dict[Key, list[int]] = {}
        for outlet, place, creative, hour, *row in content["counts"]:
            counts[outlet, place, creative, hour] = row
        told = {(str(token), What(what)): int(at) for token, what, at in content.get("told", ())}
    except (ValueError, KeyError, TypeError):
        log.exception("A batch of counts cannot be read, and is put aside: %s", file.name)
        file.rename(file.with_suffix(".broken"))
        return None
    return Batch(file.name.removesuffix(_SUFFIX), Tally(counts, told))
