"""Reads: the chances of what runs, as the list of an outlet asks for them."""

from collections.abc import Mapping

from django.db.models import Q

from masthead.ads.models import FlightPace
from masthead.ads.pacing.learning import NOTHING_SEEN, Learnt
from masthead.ads.pacing.outlooks import ON_PAGES


def find_chances(outlet_id: int) -> dict[int, Mapping[str, float]]:
    """
    By flight and place, in the order in which devices are to walk them. One query.

    A flight has the same chance in all its places; what it learns of them it learns on the whole.
    """
    rows = FlightPace.objects.filter(Q(flight__outlets=None) | Q(flight__outlets=outlet_id))
    paced = rows.order_by("rank", "flight").values_list("flight", "chance")
    return {flight: dict.fromkeys(ON_PAGES, chance) for flight, chance in paced}


def learnt_of(paced: FlightPace | None) -> Learnt:
    """What a row remembers of what became of a flight's chances; None: not paced yet."""
    if paced is None:
        return NOTHING_SEEN
    return Learnt(
        paced.told_lately, paced.offered_lately, paced.visible_lately, paced.clicked_lately
    )
