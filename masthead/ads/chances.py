"""
How likely each flight is shown, as whoever paces them last worked it out.

The list asks here; who answers registers. A flight that nobody has paced yet, because it was booked
a moment ago, gets a fair part, so that it need not wait for the next turn.
"""

from collections.abc import Callable, Mapping

# By flight and place: of the chances that fit it, how many it gets, from 0 to 1. Within a priority
# devices walk flights in this order; those it does not know come last.
Chances = Mapping[int, Mapping[str, float]]
Find = Callable[[int], Chances]

_found: list[Find] = []


def register_chances(find: Find) -> None:
    """`find(outlet_id)`: at most one query. Call from `apps.ready()`; ValueError a second time."""
    if _found:
        raise ValueError("Somebody paces flights already.")
    _found.append(find)


def chances_of(outlet_id: int) -> Chances:
    """A flight that is not in it has not been paced yet; one with 0 everywhere rests."""
    return _found[0](outlet_id) if _found else {}
