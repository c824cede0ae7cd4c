"""
What stands in the places of an edition. Pure: the same edition at the same moment gets the same.

An edition goes to thousands at once, so nothing is left to chance for each copy: of those that are
sold for a goal, the one furthest behind its plan stands in the next edition.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b

DAY = 86_400.0
# Editions are a day apart as a rule, so a plan is looked at where it is when the next one comes.
NEXT_EDITION_SECONDS = DAY


class Tier(IntEnum):
    SPONSORSHIP = 0
    STANDARD = 1
    HOUSE = 2


@dataclass(frozen=True)
class Candidate:
    """
    One creative that could stand in an edition. starts, ends: of its flight, in seconds since
    1970. goal: views or clicks; 0 for as many as come. done: of it. share: of voice, per mille.
    only_here: its flight runs in newsletters alone. trade: of its advertiser.
    """

    creative: int
    flight: int
    tier: Tier
    starts: float
    ends: float | None
    goal: int = 0
    done: int = 0
    share: int = 0
    soon: bool = False
    only_here: bool = False
    trade: str = ""
    weight: int = 1


def choose_for(
    slots: Sequence[str], candidates: Iterable[Candidate], *, edition: Hashable, at: float
) -> list[Candidate | None]:
    """
    For each place of an edition, in order; None where nothing is sold.

    No flight stands twice in one edition, and no two of one trade. edition: a name that is always
    the same for it, which shares of voice are drawn by.
    """
    left = sorted(candidates, key=lambda each: (each.tier, each.flight, each.creative))
    found: list[Candidate | None] = []
    for number, slot in enumerate(slots):
        drawn = _drawn(f"{edition} {number} {slot}")
        chosen = _one(left, drawn, at)
        found.append(chosen)
        if chosen is not None:
            left = [each for each in left if not _are_rivals(each, chosen)]
    return found


def _one(candidates: Sequence[Candidate], drawn: float, at: float) -> Candidate | None:
    for tier in Tier:
        of_tier = [each for each in candidates if each.tier is tier]
        flight = (
            _by_share(of_tier, drawn)
            or _furthest_behind(of_tier, at)
            or _as_many_as_come(of_tier, drawn)
        )
        if flight is not None:
            return _by_weight([each for each in of_tier if each.flight == flight], drawn)
    return None


def _by_share(candidates: Sequence[Candidate], drawn: float) -> int | None:
    """Shares of voice: the number drawn for the place falls into one of them, or beside all."""
    shares = {each.flight: each.share for each in candidates if each.share}
    for flight, share in shares.items():
        drawn -= share / 1000
        if drawn < 0:
            return flight
    return None


def _furthest_behind(candidates: Sequence[Candidate], at: float) -> int | None:
    """By how much of its goal; those that run in newsletters alone come first."""
    behind = [
        (each.only_here, _behind(each, at), -each.flight)
        for each in candidates
        if each.goal and _behind(each, at) > 0
    ]
    return -max(behind)[2] if behind else None


def _behind(each: Candidate, at: float) -> float:
    if each.done >= each.goal:
        return 0.0
    done = each.done / each.goal
    if each.soon or each.ends is None or each.ends <= at:
        return 1.0 - done
    planned = (at + NEXT_EDITION_SECONDS - each.starts) / (each.ends - each.starts)
    return min(1.0, planned) - done


def _as_many_as_come(candidates: Sequence[Candidate], drawn: float) -> int | None:
    flights = sorted({each.flight for each in candidates if not each.goal and not each.share})
    return flights[int(drawn * len(flights))] if flights else None


def _by_weight(candidates: Sequence[Candidate], drawn: float) -> Candidate:
    """Another number from the same draw, so that creatives do not go with shares."""
    point = (drawn * 7919) % 1 * sum(each.weight for each in candidates)
    for each in candidates:
        point -= each.weight
        if point < 0:
            return each
    return candidates[-1]


def _are_rivals(one: Candidate, other: Candidate) -> bool:
    return one.flight == other.flight or bool(one.trade and one.trade == other.trade)


def _drawn(name: str) -> float:
    """From [0, 1)."""
    return int.from_bytes(blake2b(name.encode(), digest_size=6).digest()) / 2**48
