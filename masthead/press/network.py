"""The network's own front page."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.core.text import shorten
from masthead.fronts.queries import newest_cards
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import (
    SHARE_HEIGHT,
    SHARE_WIDTH,
    is_drawn,
    media_url,
    outlet_card_path,
    outlet_open_graph,
    picture_tags,
)

NEWEST = 3
MOST_DESCRIBED = 160  # characters; about what search engines show


def network_page(known: list[Sheet]) -> ReaderPage:
    """Two queries an outlet; there are a handful. The first outlet's language must be in force."""
    network = network_sheet(known[0])
    shows(keys.NETWORK, *(keys.outlet(sheet.id) for sheet in known))
    outlets = [{"sheet": sheet, "cards": newest_cards(sheet=sheet, most=NEWEST)} for sheet in known]
    head = Head(
        title=network.name,
        description=_description(network, known),
        canonical=network.absolute(),
        og=_share_tags(network, first=known[0]),
    )
    context = {"network_name": network.name, "outlets": outlets}
    return ReaderPage(known[0], "network", "outlets/network.html", head, context)


def network_sheet(first: Sheet) -> Sheet:
    """
    The network as if it were a title, in the language in force: what its share picture says.

    It has no look and no accounts of its own.
    """
    return replace(
        first,
        name=first.network_name,
        base=first.network_base,
        prefix="",
        wordmark="",
        tagline=_("Independent titles, one network."),
        look={},
        follow=[],
    )


def _description(network: Sheet, known: list[Sheet]) -> str:
    names = pgettext("between names", ", ").join(sheet.name for sheet in known)
    return shorten(f"{network.tagline} {names}", most=MOST_DESCRIBED)


def _share_tags(network: Sheet, *, first: Sheet) -> list[tuple[str, str]]:
    """Until the network's own card is drawn its first outlet's stands in, and says so."""
    card = outlet_card_path(first)
    if is_drawn(outlet_card_path(network)) or not is_drawn(card):
        return outlet_open_graph(network)
    url = media_url(first, f"{settings.MEDIA_URL}{card}")
    alt = f"{network.name}: {first.name}"
    tags = picture_tags(url=url, width=SHARE_WIDTH, height=SHARE_HEIGHT, alt=alt)
    return [("og:type", "website"), *tags]
