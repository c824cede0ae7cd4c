"""
Sums in memory, and the files in which they wait for the database.

Each file is a batch with a name of its own. It is on the disk, whole, before anybody is told of
it: told twice, the same batch is known again.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from uuid import uuid4

from masthead.core.files import write_whole

log = logging.getLogger("masthead.ads")

# Events of tokens that other machines gave, in one batch; more of them do not count.
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
    counts: dict[Key, list[int]] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)

    def add(
        self, what: What, *, outlet: int, place: str, creative: int, now: float, times: int = 1
    ) -> None:
        key = (outlet, place, creative, int(now) // 3600)
        row = self.counts.get(key)
        if row is None:
            row = self.counts[key] = [0] * len(What)
        row[what] += times

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
    strays = [[each.book, each.token, int(each.what), each.at] for each in tally.strays]
    content = json.dumps({"counts": rows, "strays": strays}, separators=(",", ":"))
    file = folder / f"{name}{_SUFFIX}"
    try:
        write_whole(file, content.encode("ascii"))
    except OSError:
        # There, though its folder could not be synced: given back it would count twice.
        if not file.exists():
            raise
    return name


def waiting(folder: Path, *, most: int) -> list[Batch]:
    """Batches to be taken, some of them; whoever takes them forgets them then."""
    if not folder.is_dir():
        return []
    files = sorted(file for file in folder.glob(f"*{_SUFFIX}") if not file.name.startswith("."))
    return [batch for file in files[:most] if (batch := _read(file)) is not None]


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
        strays = [Stray(book, token, What(what), at) for book, token, what, at in content["strays"]]
    except (ValueError, KeyError, TypeError):
        log.exception("A batch of counts cannot be read, and is put aside: %s", file.name)
        file.rename(file.with_suffix(".broken"))
        return None
    return Batch(file.name.removesuffix(_SUFFIX), Tally(counts, strays))
