"""
The registry of what follows when an outlet's sheet changed: its name, look, sections or pages.

Called in the transaction that writes the sheet, so work that takes time is left to a job.
"""

from collections.abc import Callable

OnSheet = Callable[[int], object]

_followers: dict[str, OnSheet] = {}


def register_on_sheets(name: str, follow: OnSheet) -> None:
    """
    Have `follow(outlet_id)` called for each sheet written anew; call from `apps.ready()`.

    Raises ValueError when the name is taken.
    """
    if name in _followers:
        raise ValueError(f"A follower of sheets named {name} is registered already.")
    _followers[name] = follow


def sheet_changed(outlet_id: int) -> None:
    for follow in _followers.values():
        follow(outlet_id)
