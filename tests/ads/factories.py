"""Plain factories for advertising: an advertiser, a campaign that runs, its pieces."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from masthead.ads.models import Advertiser, Campaign, Creative, Flight, HourOfAds
from masthead.ads.selling.actions import book_campaign, make_advertiser
from masthead.ads.selling.orders import CreativeOrder, FlightOrder, Targeting
from masthead.outlets.models import Outlet
from tests.factories import NOON, a_picture

_numbers = count(1)


def an_advertiser(name: str = "", **fields: Any) -> Advertiser:
    return make_advertiser(name=name or f"Advertiser {next(_numbers)}", by=None, **fields)


def a_creative_order(**fields: Any) -> CreativeOrder:
    """A picture of a ferry that leads to a shop; `picture` is made unless it is given."""
    if fields.get("kind", Creative.Kind.PICTURE) == Creative.Kind.PICTURE:
        fields = {"alt": "A white ferry"} | fields
        fields.setdefault("picture", None)
        fields["picture"] = fields["picture"] or a_picture()
    return CreativeOrder(**{"link": "https://shop.example/"} | fields)


def a_flight_order(*, outlets: tuple[Outlet, ...] = (), **fields: Any) -> FlightOrder:
    """10,000 visible views at 20.00 for a thousand, in the four weeks after NOON."""
    targeting = fields.pop("targeting", None) or Targeting(outlets=outlets)
    return FlightOrder(
        **{
            "name": "Four weeks",
            "starts_at": NOON,
            "ends_at": NOON + timedelta(weeks=4),
            "goal": 10_000,
            "amount_cents": 2000,
            "targeting": targeting,
        }
        | fields
    )


def a_campaign(
    *,
    advertiser: Advertiser | None = None,
    name: str = "Winter",
    flights: tuple[FlightOrder, ...] | None = None,
    state: Campaign.State = Campaign.State.BOOKED,
    approved: bool = True,
    at: datetime = NOON,
    **fields: Any,
) -> Campaign:
    """Booked and approved, with one flight of one picture, unless said otherwise."""
    if flights is None:
        flights = (a_flight_order(creatives=(a_creative_order(),)),)
    return book_campaign(
        advertiser=advertiser or an_advertiser(),
        name=name,
        by=fields.pop("by", None),
        at=at,
        flights=flights,
        state=state,
        approved=approved,
        **fields,
    )


def a_flight(**fields: Any) -> Flight:
    """One that runs, with one approved picture; fields of the order."""
    creatives = fields.pop("creatives", None)
    order = a_flight_order(
        creatives=creatives if creatives is not None else (a_creative_order(),), **fields
    )
    return a_campaign(flights=(order,)).flights.get()


def an_hour(
    outlet: Outlet, *, creative: Creative | None, at: datetime, place: str = "top", **counts: int
) -> HourOfAds:
    """What was counted in the hour of `at`."""
    return HourOfAds.objects.create(
        outlet=outlet,
        creative=creative,
        place=place,
        hour=int(at.timestamp()) // 3600,
        **counts,
    )
