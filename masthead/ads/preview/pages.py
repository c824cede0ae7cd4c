"""The page that a creative is looked at on, and the list that brings it there."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from masthead.ads.listing import FORM, frame_of, number_of, picture_of, shown_of
from masthead.ads.models import Creative, Place
from masthead.ads.places.offered import KINDS, Opened, described, opened_by
from masthead.ads.running import articles_of
from masthead.articles.pages import article_page
from masthead.articles.queries import in_outlet
from masthead.fronts.pages import front_page
from masthead.outlets.models import Outlet
from masthead.outlets.page import ReaderPage
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet
from masthead.pictures.queries import picture_data


class NowhereToShow(Exception):
    """There is no outlet, or no page of its kind, that the creative could stand on."""


def sheet_for(creative: Creative) -> Sheet:
    """Of the flight's first outlet, else the network's. Raises NowhereToShow."""
    outlet = creative.flight.outlets.order_by("path").first()
    outlet = outlet or Outlet.objects.live().order_by("path").first()
    if outlet is None:
        raise NowhereToShow
    return get_sheet(outlet_id=outlet.pk)


def page_with(creative: Creative, *, sheet: Sheet, list_url: str, at: datetime) -> ReaderPage:
    """
    The newest article, or the front where its places are not on articles, with the places of the
    creative open, whether or not the outlet has them. Raises NowhereToShow.
    """
    places = places_of(creative)
    shown_on = with_places(sheet, places)
    if any("article" in KINDS[place] for place in places):
        newest = in_outlet(sheet.id).filter(sponsor_name="", access="open")
        published = newest.select_related("text", "lead_picture").first()
        if published is None:
            raise NowhereToShow
        page = article_page(sheet=shown_on, published=published, may_read_members=lambda: False)
    else:
        page = front_page(sheet=shown_on, at=at)
    return replace(page, context={**page.context, "ads_preview": list_url})


def list_with(creative: Creative, *, sheet: Sheet, frame_url: str) -> dict[str, Any]:
    """A list of this creative alone, for all its places, whether approved or not."""
    flight = creative.flight
    articles = articles_of([creative], sheet=sheet)
    picture = picture_of(articles)(creative)
    pictures = picture_data([picture] if picture else [])
    shown = shown_of(creative, flight, sheet, articles, pictures)
    if shown and shown["u"] == frame_of(creative, sheet):
        shown["u"] = frame_url
    alone = {
        "i": flight.pk,
        "p": 1,
        "by": flight.campaign.advertiser.name,
        "w": [0, 0],
        "c": dict.fromkeys(shown["at"], 1.0) if shown else {},
        "a": [shown],
    }
    made = {"v": FORM, "tz": sheet.timezone, "zones": {}, "f": [alone] if shown else []}
    return {**made, "n": number_of(made)}


def places_of(creative: Creative) -> list[Place]:
    wanted = creative.places or creative.flight.places or [place.value for place in KINDS]
    return [place for place in KINDS if place.value in wanted]


def with_places(sheet: Sheet, places: list[Place]) -> Sheet:
    there = {each.place for each in opened_by(sheet)}
    added = [
        described(Opened(place, KINDS[place], words=200, provider="", settings={}))
        for place in places
        if place not in there
    ]
    rows = [*sheet.supplements.get("ads", {}).get("places", []), *added]
    return replace(sheet, supplements={**sheet.supplements, "ads": {"places": rows}})
