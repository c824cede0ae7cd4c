"""The front, as released or as a draft being looked at."""

from datetime import datetime
from typing import Any

from masthead.articles.cards import Card
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.fronts.pages.feeds import feed_links
from masthead.fronts.queries import compose_front, find_layout
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import organisation, outlet_open_graph

LEAD_SIZES = "(min-width: 78rem) 34rem, (min-width: 62rem) 46vw, 100vw"


def front_page(
    *, sheet: Sheet, at: datetime, slots: list[dict[str, Any]] | None = None
) -> ReaderPage:
    """The outlet's front as released, or with the given slots (a draft being looked at)."""
    shows(keys.front(sheet.id))
    if slots is None:
        layout = find_layout(outlet_id=sheet.id)
        slots = layout.slots if layout else []
    front = compose_front(sheet=sheet, slots=slots, at=at)
    head = Head(
        title="",
        description=sheet.tagline,
        canonical=sheet.absolute(),
        og=outlet_open_graph(sheet),
        json_ld=[organisation(sheet)],
        feeds=feed_links(sheet, path="", name=sheet.name),
        preload_image=_preload(front.lead) if front.lead else None,
    )
    return ReaderPage(sheet, "front", "fronts/front.html", head, {"front": front})


def _preload(card: Card) -> dict[str, str] | None:
    """What the browser should fetch before it has laid out the page."""
    if card.picture is None or not card.picture.sources:
        return None
    best = card.picture.sources[0]
    return {"srcset": best["srcset"], "type": best["type"], "sizes": LEAD_SIZES}
