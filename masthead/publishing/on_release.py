"""
The registry of ways out: what has to happen, in the background, after every release.

A way out is a job that takes `release_id`. Each release writes one `Receipt` a way out in its own
transaction; the job is tried until it succeeds or gives up, and the receipt says which.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class WayOut:
    """
    name: short and lasting, e.g. "search"; it is written in receipts.
    carry: called with `release_id`; may be called again after a crash, so it must be repeatable.
    label: what the desk calls it.
    priority: of its jobs. Copies of pictures have 4: below that, a way out waits for all of them.
    """

    name: str
    carry: Callable[..., None]
    order: int = 100
    label: str | Promise = ""
    priority: int = 5


_ways_out: dict[str, WayOut] = {}


def register_on_release(way_out: WayOut) -> None:
    """Add a way out; call from `apps.ready()`. Raises ValueError when the name is taken."""
    if way_out.name in _ways_out:
        raise ValueError(f"A way out named {way_out.name} is registered already.")
    _ways_out[way_out.name] = way_out


def ways_out() -> list[WayOut]:
    return sorted(_ways_out.values(), key=lambda each: (each.order, each.name))


def label_of(name: str) -> str:
    """What the desk calls a way out; its name for one that was taken out."""
    way_out = _ways_out.get(name)
    return str(way_out.label or name) if way_out else name


def get_way_out(name: str) -> WayOut:
    """Raises KeyError for a name that nothing registered (an app that was taken out)."""
    return _ways_out[name]
