"""The offer in the running text of an article, for those who see advertising."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from masthead.memberships.offers import offers_of
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart
from masthead.readers.models import Benefit


def offer(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """No query: what is on sale stands in the sheet. Its class is asked for last."""
    article = context.get("article")
    if article is None or context.get("is_preview"):
        return None
    sheet: Sheet = context["sheet"]
    offers = [each for each in offers_of(sheet) if each.is_ad_free and not each.is_readers_choice]
    if not offers or context["reader_class"].has(Benefit.AD_FREE):
        return None
    came_from = article["url"].removeprefix(sheet.url())
    join = f"{sheet.url('membership/join/')}?from={quote(came_from, safe='/')}"
    offers = [each for each in offers if each.plan == offers[0].plan]
    return {"offers": offers, "join": join, "promise": offers[0].promise}


OFFER = PagePart(
    name="membership-offer",
    place="in_text",
    template="memberships/offer.html",
    build=offer,
    css=("membership-offer",),
    order=200,
)
