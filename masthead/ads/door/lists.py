"""What may be offered on an outlet: the list of flights on the shelf, and those of a moment ago."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from masthead.press.door.memory import Held

LIST = "-/ads/list.json"
# Devices and caches keep a list for a minute; somebody may have opened the page before that.
KNOWN_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Listed:
    """outlet: its row's number. pairs: place and creative."""

    outlet: int
    pairs: frozenset[tuple[str, int]]


@dataclass(slots=True)
class _Known:
    etag: str
    listed: Listed
    before: dict[tuple[str, int], float]  # of lists before it, good until


class Lists:
    """find_page: as `Ground.find_page` says."""

    def __init__(self, find_page: Callable[[str, str, str], Held | None]) -> None:
        self._find_page = find_page
        self._known: dict[tuple[str, str], _Known] = {}

    def outlet_at(self, host: str, root: str, now: float) -> int | None:
        known = self._at(host, root, now)
        return None if known is None else known.listed.outlet

    def has(self, host: str, root: str, place: str, creative: int, now: float) -> bool:
        """Whether a device may have chosen it. Ask for the outlet first."""
        known = self._known[host, root]
        pair = (place, creative)
        return pair in known.listed.pairs or known.before.get(pair, 0.0) > now

    def _at(self, host: str, root: str, now: float) -> _Known | None:
        held = self._find_page(host, root, LIST)
        if held is None or held.status != 200:
            return None
        known = self._known.get((host, root))
        if known is not None and known.etag == held.etag:
            return known
        listed = read_list(held.identity())
        if listed is None:
            return None
        before: dict[tuple[str, int], float] = {}
        if known is not None:
            before = {pair: until for pair, until in known.before.items() if until > now}
            before |= dict.fromkeys(known.listed.pairs, now + KNOWN_SECONDS)
        # Only outlets there are: no stranger makes this grow.
        known = self._known[host, root] = _Known(held.etag, listed, before)
        return known


def read_list(text: bytes) -> Listed | None:
    """None: it is no list of this form."""
    try:
        found = json.loads(text)
        pairs = {
            (str(place), int(creative["i"]))
            for flight in found["f"]
            for creative in flight["a"]
            for place in creative["at"]
        }
        return Listed(int(found["o"]), frozenset(pairs))
    except (ValueError, KeyError, TypeError):
        return None
