"""
Which places an outlet has, carried by its sheet so that a page needs no query.

An outlet has none until somebody opens one: a title that sells nothing shows no empty frames.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from masthead.ads.models import Place, Placement
from masthead.outlets.actions import write_sheets
from masthead.outlets.sheet import Sheet

SUPPLEMENT = "ads"
# Where a place exists at all; lists are those of sections and topics.
KINDS: dict[Place, tuple[str, ...]] = {
    Place.TOP: ("article", "front", "section", "topic"),
    Place.IN_TEXT: ("article",),
    Place.SIDE: ("article",),
    Place.LIST: ("front", "section", "topic"),
    Place.CARD: ("article", "front", "section", "topic"),
}
LEAST_WORDS = 150


@dataclass(frozen=True)
class Opened:
    """
    A place as pages know it.

    kinds: of the pages it stands on. words: of the running text from one to the next.
    provider: "" for the network's own flights. settings: what that one needs.
    """

    place: Place
    kinds: tuple[str, ...]
    words: int
    provider: str
    settings: dict[str, Any]


def supplement(outlet_id: int) -> dict[str, Any]:
    """For the outlet's sheet: {"places": [{"place", "kinds", "words", …}]}; empty: none."""
    rows = Placement.objects.filter(outlet=outlet_id, is_on=True).exclude(place=Place.NEWSLETTER)
    opened = [_opened(row) for row in rows.order_by("pk")]
    places = [described(each) for each in opened if each.kinds]
    return {"places": places} if places else {}


def _opened(row: Placement) -> Opened:
    place = Place(row.place)
    kinds = [kind for kind in KINDS[place] if not row.page_kinds or kind in row.page_kinds]
    words = max(LEAST_WORDS, row.words_between)
    return Opened(place, tuple(kinds), words, row.provider, row.settings)


def described(opened: Opened) -> dict[str, Any]:
    """As it stands in a sheet."""
    made: dict[str, Any] = {"place": opened.place.value, "kinds": list(opened.kinds)}
    if opened.place == Place.IN_TEXT:
        made["words"] = opened.words
    if opened.provider:
        made |= {"provider": opened.provider, "settings": opened.settings}
    return made


def opened_by(sheet: Sheet) -> list[Opened]:
    """No query."""
    rows = sheet.supplements.get(SUPPLEMENT, {}).get("places", [])
    return [
        Opened(
            place=Place(row["place"]),
            kinds=tuple(row["kinds"]),
            words=row.get("words", 0),
            provider=row.get("provider", ""),
            settings=row.get("settings", {}),
        )
        for row in rows
    ]


def open_places(*, outlet_id: int, places: Iterable[Place], at: datetime) -> None:
    """
    Have these places on an outlet's pages, as they are by themselves; those it has stay as set.

    Its pages are printed anew.
    """
    for place in places:
        placement, _ = Placement.objects.get_or_create(outlet_id=outlet_id, place=place)
        if not placement.is_on:
            placement.is_on = True
            placement.save(update_fields=["is_on"])
    tell_pages(at=at)


def tell_pages(*, at: datetime) -> None:
    """Call after a placement was changed: pages that show another place now are printed anew."""
    write_sheets(at=at)
