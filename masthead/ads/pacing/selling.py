"""What can still be sold: what will come, less what is promised already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Cell = TypeVar("Cell")


@dataclass(frozen=True)
class Claim(Generic[Cell]):
    """
    What a flight will still take in a time, in chances, from any of its cells. flight: its id.
    """

    flight: int
    cells: frozenset[Cell]
    chances: float


@dataclass(frozen=True)
class Left(Generic[Cell]):
    """
    free: chances that nobody was promised, by cell. short: by flight, how many of what it claims
    will not be there.
    """

    free: Mapping[Cell, float]
    short: Mapping[int, float]


def what_is_left(expected: Mapping[Cell, float], claims: Iterable[Claim[Cell]]) -> Left[Cell]:
    """
    Those that need the largest part of what comes to them take first, as on devices, each from
    its cells as far as they are still free; what asks for more than there is comes last.
    """
    free = dict(expected)
    short: dict[int, float] = {}

    def order(claim: Claim[Cell]) -> tuple[bool, float, int]:
        tightness = _tightness(claim, expected)
        return tightness > 1, -tightness, claim.flight

    for claim in sorted(claims, key=order):
        cells = [cell for cell in claim.cells if free.get(cell, 0) > 0]
        there = sum(free[cell] for cell in cells)
        taken = min(claim.chances, there)
        if claim.chances > there:
            short[claim.flight] = claim.chances - there
        for cell in cells:
            free[cell] = max(0.0, free[cell] - taken * free[cell] / there)
    return Left(free, short)


def _tightness(claim: Claim[Cell], expected: Mapping[Cell, float]) -> float:
    there = sum(expected.get(cell, 0) for cell in claim.cells)
    return claim.chances / there if there else float("inf")


def part_of(sections: Sequence[int], chosen: int | None, shares: Mapping[int, float]) -> float:
    """
    How much of a flight's claim falls into a section: all of it when none is chosen; else its
    part among the flight's own sections, or among all when it names none.
    """
    if chosen is None:
        return 1.0
    if not sections:
        return shares.get(chosen, 0.0)
    if chosen not in sections:
        return 0.0
    whole = sum(shares.get(each, 0.0) for each in sections)
    return shares.get(chosen, 0.0) / whole if whole else 1.0 / len(sections)
