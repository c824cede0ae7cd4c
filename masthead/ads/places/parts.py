"""The places as page parts, and the script that fills them on the device."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

from masthead.ads.models import Place
from masthead.ads.places.house import nameplate, offers_on_page
from masthead.ads.places.offered import Opened
from masthead.ads.places.standing import has_places, page_facts, places_on_page
from masthead.ads.places.stops import ITEMS_BETWEEN, ROWS_BETWEEN, stops_in_list, stops_in_text
from masthead.ads.providers import find_provider
from masthead.press.page_parts import PagePart, register_page_part

Context = Mapping[str, Any]
# Which house offer is a place's first; further ones of the text or list follow after all of them.
FIRST_OFFER = {Place.TOP: 0, Place.IN_TEXT: 1, Place.LIST: 1, Place.SIDE: 2, Place.CARD: 3}
CARD_AFTER_ROW, CARD_AFTER_ITEM = 1, 3
SCRIPT, TAGS_SCRIPT = "masthead/js/ads.mjs", "masthead/js/ad-tags.mjs"


def build_place(context: Context, *, place: Place) -> dict[str, Any] | None:
    opened = places_on_page(context).get(place)
    if opened is None:
        return None
    sheet = context["sheet"]
    offers = offers_on_page(context)
    turn = int(context.get("turn", 0))
    number = max(FIRST_OFFER.values()) + turn if turn else FIRST_OFFER[place]
    provider = find_provider(opened.provider)
    tag = provider.frame(sheet, place, opened.settings) if provider else None
    return {
        "place": place.value,
        "offer": offers[number] if number < len(offers) else nameplate(sheet),
        "tag": tag,
    }


def stops_of_in_text(context: Context) -> Iterable[int]:
    opened = places_on_page(context).get(Place.IN_TEXT)
    if opened is None or context["article"]["is_gated"]:
        return []
    return stops_in_text(context["body"], words=opened.words, taken=context["taken"])


def stops_of_list(context: Context) -> Iterable[int]:
    if Place.LIST not in places_on_page(context):
        return []
    every = ROWS_BETWEEN if context["page_kind"] == "front" else ITEMS_BETWEEN
    return stops_in_list(context["items"], every=every)


def stops_of_card(context: Context) -> Iterable[int]:
    """One a page, high up; on an article it stands below the text instead."""
    if context["page_kind"] == "article" or Place.CARD not in places_on_page(context):
        return []
    after = CARD_AFTER_ROW if context["page_kind"] == "front" else CARD_AFTER_ITEM
    return [after] if after < context["items"] else []


def build_script(context: Context) -> dict[str, Any] | None:
    """At the end of a page with places: what the device needs to choose."""
    places = places_on_page(context)
    if not places:
        return None
    sheet = context["sheet"]
    preview = context.get("ads_preview", "")
    words = {
        "ad": _("Advertisement"),
        "by": _("Advertisement, paid for by %(name)s") % {"name": "{}"},
        "house": _("From %(name)s") % {"name": sheet.name},
    }
    is_tagged = any(find_provider(each.provider) for each in places.values())
    return {
        "script": static(SCRIPT),
        "tags": static(TAGS_SCRIPT) if is_tagged else "",
        "consent": next(filter(None, map(_consent_script, places.values())), ""),
        "list": preview or sheet.url("-/ads/list.json"),
        "is_preview": bool(preview),
        "facts": _json(page_facts(context)),
        "words": _json(words),
    }


def _consent_script(opened: Opened) -> str:
    """A tool of the outlet's own host that asks for consent; nothing of anybody else."""
    path = opened.settings.get("consent_script", "") if opened.provider else ""
    return path if isinstance(path, str) and path.startswith("/") and path[1:2] != "/" else ""


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _part(
    name: str,
    where: str,
    place: Place,
    *,
    order: int = 100,
    stops: Callable[[Context], Iterable[int]] | None = None,
) -> PagePart:
    return PagePart(
        name=name,
        place=where,
        template="ads/place.html",
        build=partial(build_place, place=place),
        css=("placement",),
        order=order,
        stops=stops,
        wanted=has_places,
    )


PARTS = (
    _part("ad-top", "top", Place.TOP),
    _part("ad-in-text", "in_text", Place.IN_TEXT, stops=stops_of_in_text),
    _part("ad-side", "side", Place.SIDE),
    _part("ad-list", "between", Place.LIST, stops=stops_of_list),
    _part("ad-card", "between", Place.CARD, order=90, stops=stops_of_card),
    _part("ad-card-below", "after_text", Place.CARD, order=90),
    PagePart(
        name="ad-script",
        place="footer",
        template="ads/script.html",
        build=build_script,
        order=900,
    ),
)


def register_parts() -> None:
    for part in PARTS:
        register_page_part(part)
