"""
The registry of ways out: what has to happen, in the background, after every release.

A way out is a job that takes `release_id`. Each release writes one `Receipt` a way out in its own
transaction; the job is tried until it succeeds or gives up, and the receipt says which.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class WayOut:
    """
    name: short and lasting, e.g. "search"; it is written in receipts.
    carry: called with `release_id`; may be called again after a crash, so it must be repeatable.
    """

    name: str
    carry: Callable[..., None]
    order: int = 100


_ways_out: dict[str, WayOut] = {}


def register_on_release(way_out: WayOut) -> None:
    """Add a way out; call from `apps.ready()`. Raises ValueError when the name is taken."""
    if way_out.name in _ways_out:
        raise ValueError(f"A way out named {way_out.name} is registered already.")
    _ways_out[way_out.name] = way_out


def ways_out() -> list[WayOut]:
    return sorted(_ways_out.values(), key=lambda each: (each.order, each.name))


def get_way_out(name: str) -> WayOut:
    """Raises KeyError for a name that nothing registered (an app that was taken out)."""
    return _ways_out[name]
