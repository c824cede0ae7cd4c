"""
What one household may add. It keeps no address and writes nothing: a number for each pair of
household and matter, found by a hash, and begun again each minute and each hour.

Two pairs in one cell count as one, which can leave an event out, never add one.
"""

from array import array
from dataclasses import dataclass

CELLS = 1 << 17
_MASK = CELLS - 1
_BITS = 64
_LOW = (1 << _BITS) - 1
# Whoever has a /48 of IPv6 has 65,536 households: together they count as so many.
HOUSEHOLDS_OF_NETWORK = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """An office or a school has one address too: a family is not left out, a loop is."""

    most_a_minute: int
    most_an_hour: int


PAGE_VIEWS = Rule(most_a_minute=60, most_an_hour=600)
CLICKS = Rule(most_a_minute=2, most_an_hour=10)  # on one creative


class Flood:
    """One rule, for one process: several together let through several times as much."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._minute = _Window(60)
        self._hour = _Window(3600)

    def lets(self, reader: int, matter: int, now: float) -> bool:
        """
        Whether it may count; it is noted then.

        reader: as `Reads.reader` says, with its network above the low 64 bits. matter: the number
        of what is counted.
        """
        household, network = reader & _LOW, reader >> _BITS
        rule, minute, hour = self._rule, self._minute.at(now), self._hour.at(now)
        at = hash((household, matter)) & _MASK
        if minute[at] >= rule.most_a_minute or hour[at] >= rule.most_an_hour:
            return False
        if network:
            around = hash((network, matter)) & _MASK
            if (
                minute[around] >= rule.most_a_minute * HOUSEHOLDS_OF_NETWORK
                or hour[around] >= rule.most_an_hour * HOUSEHOLDS_OF_NETWORK
            ):
                return False
            minute[around] += 1
            hour[around] += 1
        minute[at] += 1
        hour[at] += 1
        return True


class _Window:
    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._number = -1
        self._cells = array("H")

    def at(self, now: float) -> "array[int]":
        number = int(now) // self._seconds
        if number != self._number:
            self._number = number
            self._cells = array("H", bytes(2 * CELLS))
        return self._cells
