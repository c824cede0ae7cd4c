"""
The order in which letters stand on paper: Unicode's bidirectional algorithm (UAX #9), without the
marks that embed and override, which no name needs and which are taken out before.
"""

from collections.abc import Callable
from itertools import groupby
from unicodedata import bidirectional, combining, mirrored

MIRRORS = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
_NEUTRAL = {"B", "S", "WS", "ON", "BN", "NSM"}
_NUMBERS = ("EN", "AN")


def begins_at_the_right(text: str, *, otherwise: bool) -> bool:
    """By its first letter that has a direction. otherwise: where it has none, e.g. a date."""
    kinds = (bidirectional(each) for each in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), otherwise)


def in_order(line: str, *, to_the_left: bool) -> str:
    """One line as it is drawn from left to right. to_the_left: how its whole text runs."""
    if not to_the_left and not any(bidirectional(each) in ("R", "AL", "AN") for each in line):
        return line
    letters = _with_marks(line)
    levels = _levels([each[0] for each in letters], 1 if to_the_left else 0)
    drawn = [
        (MIRRORS.get(each, each) if level % 2 and mirrored(each[0]) else each, level)
        for each, level in zip(letters, levels, strict=True)
    ]
    for level in range(max(levels, default=0), 0, -1):
        turned: list[tuple[str, int]] = []
        for is_higher, run in groupby(drawn, key=lambda each: each[1] >= level):
            stretch = list(run)
            turned += reversed(stretch) if is_higher else stretch
        drawn = turned
    return "".join(letter for letter, _ in drawn)


def _with_marks(line: str) -> list[str]:
    """Each letter with the marks that stand on it: they go where it goes."""
    found: list[str] = []
    for letter in line:
        if found and combining(letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _levels(letters: list[str], base: int) -> list[int]:
    around = "R" if base else "L"
    kinds = _with_numbers([bidirectional(each) for each in letters], around)
    kinds = _with_neighbours(kinds, around)
    steps = {"L": base, "R": 1 - base}
    levels = [base + steps.get(kind, 2 - base) for kind in kinds]
    for at in range(len(letters) - 1, -1, -1):  # white space at the end stands at the end
        if not letters[at].isspace():
            break
        levels[at] = base
    return levels


def _with_numbers(kinds: list[str], around: str) -> list[str]:
    """Rules W2 to W7: what numbers and their signs belong to."""
    kinds = _after_strong(kinds, around, ("L", "R", "AL"), {("AL", "EN"): "AN"})
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        kind, left, right = kinds[at], kinds[at - 1], kinds[at + 1]
        # Numbers of papers and dates hold together after Arabic too; the algorithm parts them.
        if left == right and left in _NUMBERS and kind in ("CS", "ES"):
            kinds[at] = left
    kinds = _by_runs(kinds, "ET".__eq__, lambda left, right: "EN" if "EN" in (left, right) else "")
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]
    return _after_strong(kinds, around, ("L", "R"), {("L", "EN"): "L"})


def _after_strong(
    kinds: list[str], around: str, strong: tuple[str, ...], becomes: dict[tuple[str, str], str]
) -> list[str]:
    """becomes: of a kind after the last strong one before it."""
    last, found = around, []
    for kind in kinds:
        last = kind if kind in strong else last
        found.append(becomes.get((last, kind), kind))
    return found


def _with_neighbours(kinds: list[str], around: str) -> list[str]:
    """Rules N1 and N2: between two of one direction a space goes with these, else as the paper."""

    def between(left: str, right: str) -> str:
        sides = [("L" if side == "L" else "R") if side else around for side in (left, right)]
        return sides[0] if sides[0] == sides[1] else around

    return _by_runs(kinds, _NEUTRAL.__contains__, between)


def _by_runs(
    kinds: list[str], is_meant: Callable[[str], bool], between: Callable[[str, str], str]
) -> list[str]:
    """between: what a run of the meant kinds becomes, by its neighbours; empty: it stays."""
    runs = [(meant, list(run)) for meant, run in groupby(kinds, is_meant)]
    found: list[str] = []
    for at, (meant, run) in enumerate(runs):
        left = runs[at - 1][1][-1] if at else ""
        right = runs[at + 1][1][0] if at + 1 < len(runs) else ""
        became = between(left, right) if meant else ""
        found += [became] * len(run) if became else run
    return found
