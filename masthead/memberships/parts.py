"""The offer in the running text of an article, for those who see advertising."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from masthead.memberships.offers import Offer, offers_of
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart
from masthead.readers.models import Benefit


def offer(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """No query: what is on sale stands in the sheet. Its class is asked for last."""
    article = context.get("article")
    if article is None or context.get("is_preview"):
        return None
    sheet: Sheet = context["sheet"]
    offers = [each for each in offers_of(sheet) if _is_usual(each)]
    if not offers or context["reader_class"].has(Benefit.AD_FREE):
        return None
    came_from = article["url"].removeprefix(sheet.url())
    join = f"{sheet.url('membership/join/')}?from={quote(came_from, safe='/')}&way=offer"
    first = offers[0]
    offers = [each for each in offers if (each.plan, each.currency) == (first.plan, first.currency)]
    return {"offers": offers, "join": join, "promise": offers[0].promise}


def _is_usual(offer: Offer) -> bool:
    """For one reader, at a set price that comes again."""
    return offer.is_ad_free and not (
        offer.is_readers_choice or offer.is_for_groups or offer.is_once
    )


OFFER = PagePart(
    name="membership-offer",
    place="in_text",
    template="memberships/offer.html",
    build=offer,
    css=("membership-offer",),
    order=200,
)
