"""Whether advertising stands on a page at all: the switches, each where somebody looks for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from masthead.ads.models import Place
from masthead.ads.places.offered import Opened, opened_by
from masthead.outlets.sheet import Sheet, SheetSection
from masthead.readers.models import Benefit

BLOCKS_BESIDE = 8  # of an article's text, beside its first screen


def places_on_page(context: Mapping[str, Any]) -> dict[Place, Opened]:
    """
    The places of a page, none where advertising is off: on an article with the tick, in a section
    without, on a page of a kind the outlet has taken out, beside what a sponsor paid for, on
    previews, and for readers who paid not to see any.

    No query. The class of readers is asked for last, so that a page without places is printed once.
    """
    sheet: Sheet = context["sheet"]
    found = {
        each.place: each for each in opened_by(sheet) if context.get("page_kind") in each.kinds
    }
    if not found or (context.get("is_preview") and "ads_preview" not in context):
        return {}
    article = context.get("article")
    if article and (article.get("without_advertising") or article.get("sponsor")):
        return {}
    section = article["section"] if article else context.get("section")
    if is_without(section, sheet) or context["reader_class"].has(Benefit.AD_FREE):
        return {}
    if Place.SIDE in found and not has_room_beside(context["body"]):
        del found[Place.SIDE]
    return found


def has_room_beside(body: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nothing wide comes so early that it would run into the side column."""
    return not any(block.get("width") == "wide" for block in body[:BLOCKS_BESIDE])


def has_places(context: Mapping[str, Any]) -> bool:
    return bool(places_on_page(context))


def is_without(section: SheetSection | None, sheet: Sheet) -> bool:
    """Whether a section, or the one it lies in, has no advertising."""
    if section is None:
        return False
    above = sheet.find_section(section_id=section.parent_id) if section.parent_id else None
    return section.without_advertising or (above is not None and above.without_advertising)


def page_facts(context: Mapping[str, Any]) -> dict[str, Any]:
    """What targeting needs of a page, for the device: {"k", "s", "t", "l"}."""
    sheet: Sheet = context["sheet"]
    article = context.get("article")
    section = article["section"] if article else context.get("section")
    topics = [each["id"] for each in article["topics"]] if article else []
    if context["page_kind"] == "topic":
        topics = [context["topic"].pk]
    sections = [section.id, *([section.parent_id] if section.parent_id else [])] if section else []
    return {"k": context["page_kind"], "s": sections, "t": topics, "l": sheet.language}
