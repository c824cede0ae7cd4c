"""
The list: all advertising that runs on an outlet, as one small document that devices choose from.

It is the same for everybody, lies on the shelf beside the pages and names no reader. Pages hold
places only, so that they stay on their shelves while flights come and go.

Its address is `-/ads/list.json` below the outlet; a page names it. What it looks like::

    {
      "v": 1,                       # of this form; devices that do not know it choose nothing
      "n": "9f31c2ab04de",          # its number: another one whenever anything in it is different
      "o": 3,                       # the outlet
      "tz": "Europe/London",        # hours and weekdays of flights are by this clock
      "zones": {"GB": ["Europe/London", "GB", …]},  # of the countries that flights name
      "f": [                        # flights, in the order in which they are walked
        {
          "i": 12,                  # the flight (`Flight.pk`), counted by it
          "p": 0,                   # 0 sponsorship, 1 standard, 2 house
          "by": "Quay Bakery",      # who pays; left out for house
          "x": "bakery",            # trade: two of one never stand on a page
          "w": [1767225600, 1769904000],   # from, until (seconds since 1970; until may be 0: open)
          "c": {"top": 0.25, "in-text": 0.1},  # chance in each place, see below
          "s": [4, 9],              # sections; also the one above an article's
          "t": [31],                # topics
          "k": ["article"],         # kinds of pages
          "h": [6, 7, 8],           # hours
          "d": [0, 1, 2, 3, 4],     # weekdays, 0 is Monday
          "b": ["narrow"],          # screens: below 640 px, below 992 px ("medium"), "wide"
          "l": ["en"],              # languages of the device, first subtags
          "z": ["GB"],              # countries: keys of "zones"
          "m": [3, 1],              # on one device at most three visible views in one day
          "a": [                    # its creatives
            {"i": 31, "k": "picture", "at": ["top"], "q": 2, "u": "https://quay.example/",
             "src": "/media/…-800.jpg", "set": "/media/…-400.webp 400w, …", "size": [1200, 400],
             "alt": "Fresh bread from six"},
            {"i": 32, "k": "card", "at": ["in-text"], "u": "https://quay.example/",
             "t": "headline", "d": "text", "go": "words of the link", and a picture or none},
            {"i": 33, "k": "html", "at": ["side"], "u": "/courier/-/ads/frame/0198….html",
             "alt": "what the frame is called"}
          ]
        }
      ]
    }

All keys of targeting ("s" to "z"), "x", "m" are left out where anything goes; what is there must
fit, all of it. "q" (weight, 1) is left out at 1. Places are values of `Place`, the newsletter's
never among them.

**How a device chooses**, place by place in the order of the page, with one number r from [0, 1):

1. Flights fit when their window, targeting, caps and trade do, they have a creative for the place,
   and do not stand on this page already.
2. Walk those of priority 0, then 1, in order: the first whose chance r falls into is shown; else
   r -= chance. So each flight that fits gets exactly its chance, whoever else fits, as long as the
   chances of those that fit together are no more than 1.
3. Then those of priority 2, with r scaled anew to what is left: their chances are parts of that.
4. Else what was printed there stays: the house offer.
5. Within the flight, where in its stretch r fell chooses among its creatives for the place by "q".

Chances come from whoever paces (`ads.chances`); flights that have none anywhere are left out.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from masthead.ads.chances import Chances
from masthead.ads.countries import zones_of
from masthead.ads.models import Creative, Flight, Place
from masthead.ads.running import articles_of, creatives_of, flights_of
from masthead.articles.models import PublishedArticle
from masthead.changes.shown import fresh_until
from masthead.outlets.sheet import Sheet
from masthead.pictures.models import Picture
from masthead.pictures.queries import PictureData, picture_data

FORM = 1
PRIORITIES = {
    Flight.Priority.SPONSORSHIP: 0,
    Flight.Priority.STANDARD: 1,
    Flight.Priority.HOUSE: 2,
}
ON_PAGES = [place.value for place in Place if place != Place.NEWSLETTER]
# Flights that begin soon are in it already: devices keep it for up to a minute.
AHEAD = timedelta(minutes=5)
MOST_FLIGHTS, MOST_CREATIVES = 60, 4
WIDEST = 1200  # px of a picture's copies; no place is wider, whatever the screen


def list_of(sheet: Sheet, *, at: datetime, chances: Chances) -> dict[str, Any]:
    """
    The list of an outlet. At most six queries; notes when it goes out of date by itself.

    at: aware UTC.
    """
    flights = flights_of(sheet.id, at=at, ahead=AHEAD)[:MOST_FLIGHTS]
    shown = creatives_of(flights)
    articles = articles_of(shown, sheet=sheet)
    pictures = picture_data([each for each in map(picture_of(articles), shown) if each])
    _note_turns(flights, at)
    described = []
    for flight in flights:
        own = [
            made
            for each in shown
            if each.flight_id == flight.pk
            and (made := shown_of(each, flight, sheet, articles, pictures))
        ][:MOST_CREATIVES]
        places = [place for place in ON_PAGES if any(place in each["at"] for each in own)]
        chance = _chances(flight, places, chances, flights)
        if chance:
            described.append(_flight(flight, chance, own))
    walk = {flight: number for number, flight in enumerate(chances)}
    made = {
        "v": FORM,
        "o": sheet.id,
        "tz": sheet.timezone,
        "zones": zones_of(country for each in described for country in each.get("z", [])),
        "f": sorted(described, key=lambda each: (each["p"], walk.get(each["i"], len(walk)))),
    }
    return {**made, "n": number_of(made)}


def as_text(made: dict[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def number_of(made: dict[str, Any]) -> str:
    return blake2b(as_text(made), digest_size=6).hexdigest()


def _note_turns(flights: Iterable[Flight], at: datetime) -> None:
    """It is another one when a flight ends; those that begin are in it ahead of time."""
    ends = [each.ends_at for each in flights if each.ends_at and each.ends_at > at]
    if ends:
        fresh_until(min(ends))


def _chances(
    flight: Flight, places: list[str], chances: Chances, all_flights: list[Flight]
) -> dict[str, float]:
    paced = chances.get(flight.pk)
    if paced is None:
        fair = _fair(flight, all_flights)
        return dict.fromkeys(places, fair)
    found = {place: round(min(1.0, paced.get(place, 0.0)), 5) for place in places}
    return {place: chance for place, chance in found.items() if chance > 0}


def _fair(flight: Flight, flights: list[Flight]) -> float:
    """For one that nobody has paced yet: its share of voice, else an equal part."""
    if flight.goal_kind == Flight.Goal.SHARE and flight.goal:
        return min(1.0, flight.goal / 1000)
    peers = [each for each in flights if each.priority == flight.priority]
    return round(1 / (len(peers) + (flight.priority != Flight.Priority.HOUSE)), 5)


def _flight(flight: Flight, chance: dict[str, float], own: list[dict[str, Any]]) -> dict[str, Any]:
    is_house = flight.priority == Flight.Priority.HOUSE
    advertiser = flight.campaign.advertiser
    cap = [flight.views_per_device, flight.per_days] if flight.views_per_device else None
    ends = flight.ends_at if flight.ends_at and flight.hard_stop else None
    optional = {
        "by": "" if is_house else advertiser.name,
        "x": "" if is_house else advertiser.category,
        "s": sorted(each.pk for each in flight.sections.all()),
        "t": sorted(each.pk for each in flight.topics.all()),
        "k": flight.page_kinds,
        "h": flight.hours,
        "d": flight.weekdays,
        "b": flight.screens,
        "l": flight.languages,
        "z": flight.countries,
        "m": cap,
    }
    return {
        "i": flight.pk,
        "p": PRIORITIES[Flight.Priority(flight.priority)],
        "w": [int(flight.starts_at.timestamp()), int(ends.timestamp()) if ends else 0],
        "c": chance,
        "a": [each for each in own if any(place in chance for place in each["at"])],
        **{name: value for name, value in optional.items() if value},
    }


def shown_of(
    creative: Creative,
    flight: Flight,
    sheet: Sheet,
    articles: Mapping[int, PublishedArticle],
    pictures: Mapping[int, PictureData],
) -> dict[str, Any] | None:
    """
    None for one that cannot be shown: its picture has no copies yet, it leads nowhere.

    The card of a sponsored article leads to it where it is live, and borrows what it has not.
    """
    wanted = [place for place in ON_PAGES if not flight.places or place in flight.places]
    at = [place for place in wanted if not creative.places or place in creative.places]
    article = articles.get(creative.article_id or 0)
    link = sheet.url(article.path) if article else creative.link
    if creative.kind == Creative.Kind.HTML:
        link = frame_of(creative, sheet)
    if not at or not link:
        return None
    made: dict[str, Any] = {"i": creative.pk, "k": creative.kind, "at": at, "u": link}
    if creative.weight != 1:
        made["q"] = creative.weight
    if creative.kind == Creative.Kind.HTML:
        return {**made, "alt": str(creative)}
    if creative.kind == Creative.Kind.CARD:
        words = {"t": creative.headline, "d": creative.text, "go": creative.action}
        if article:
            words["t"] = words["t"] or article.headline
            words["d"] = words["d"] or article.standfirst
        made |= {name: value for name, value in words.items() if value}
    picture = picture_of(articles)(creative)
    data = pictures.get(picture.pk) if picture else None
    if data is None or not data.ready:
        return made if creative.kind == Creative.Kind.CARD else None
    return {**made, **_picture(data), "alt": creative.alt or data.alt}


def picture_of(
    articles: Mapping[int, PublishedArticle],
) -> Callable[[Creative], Picture | None]:
    """A creative's own picture, else its sponsored article's."""

    def find(creative: Creative) -> Picture | None:
        article = articles.get(creative.article_id or 0)
        return creative.picture or (article.lead_picture if article else None)

    return find


def frame_of(creative: Creative, sheet: Sheet) -> str:
    """Where the frame of an HTML creative lies: a page of ours with a policy of its own."""
    return sheet.url(f"-/ads/frame/{creative.public_id}.html")


def _picture(data: PictureData) -> dict[str, Any]:
    best = next((each for each in data.sources if each["type"] == "image/webp"), None)
    copies = (best["srcset"] if best else data.srcset).split(", ")
    kept = [each for each in copies if int(each.rpartition(" ")[2].rstrip("w")) <= WIDEST]
    return {
        "src": data.src,
        "set": ", ".join(kept or copies[:1]),
        "size": [data.width, data.height],
    }
