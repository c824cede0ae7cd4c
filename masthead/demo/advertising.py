"""The demo's advertising: two campaigns that run, a house offer, a sponsored card, and figures."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from math import cos, pi

from masthead.accounts.models import User
from masthead.ads.customers.packages import keep_package
from masthead.ads.models import (
    Advertiser,
    Campaign,
    Creative,
    Flight,
    HourOfAds,
    Place,
    Placement,
    Pricing,
)
from masthead.ads.pacing.outlooks import look_ahead
from masthead.ads.selling.actions import book_campaign, make_advertiser
from masthead.ads.selling.orders import CreativeOrder, FlightOrder, Targeting
from masthead.articles.models import ArticlePage
from masthead.outlets.models import Outlet
from masthead.outlets.queries import get_sheet
from masthead.pictures.models import Picture

PLACES = (Place.TOP, Place.IN_TEXT, Place.SIDE, Place.LIST, Place.CARD)
COUNTED = timedelta(days=12)
BOOKED = timedelta(days=16)
Draw = Callable[[str, str, str], Picture]  # key of a drawing, outlet, words for it


def seed_advertising(
    *,
    outlets: Mapping[str, Outlet],
    sponsored: ArticlePage,
    draw: Draw,
    by: User,
    at: datetime,
) -> None:
    """Through the ad desk's own actions; the figures are invented, by the hour."""
    courier, tideline = outlets["courier"], outlets["tideline"]
    for outlet in (courier, tideline):
        Placement.objects.bulk_create([Placement(outlet=outlet, place=each) for each in PLACES])
    chandler = _advertiser("Brack & Daughters, ship chandlers", "chandlers", by=by)
    bakery = _advertiser("Lantern Street Bakery", "bakers", by=by)
    winter = book_campaign(
        advertiser=chandler,
        name="Ropes and lamps for the winter",
        flights=[_winter(courier, draw, at)],
        state=Campaign.State.BOOKED,
        approved=True,
        by=by,
        at=at - COUNTED,
    )
    bread = book_campaign(
        advertiser=bakery,
        name="Bread before seven",
        flights=[_bread(tideline, draw, at), _lunches(courier, sponsored, at)],
        state=Campaign.State.BOOKED,
        approved=True,
        by=by,
        at=at - COUNTED,
    )
    book_campaign(
        advertiser=make_advertiser(name="Northlight", by=by),
        name="What the titles offer",
        flights=[_house(courier, at)],
        state=Campaign.State.BOOKED,
        approved=True,
        by=by,
        at=at - COUNTED,
    )
    _figures(courier, winter.flights.get(), {Place.TOP: 60, Place.IN_TEXT: 45, Place.SIDE: 25}, at)
    mornings, card = bread.flights.order_by("pk")
    _figures(tideline, mornings, {Place.TOP: 45, Place.IN_TEXT: 30}, at)
    _figures(courier, card, {Place.CARD: 35}, at)
    look_ahead(at=at)
    keep_package(
        package=None,
        outlet=courier,
        name="Beside the news",
        text="On articles, next to the text, on wide screens.",
        places=[Place.SIDE],
        price_cents=1800,
        currency="eur",
        least_views=5000,
        days=60,
        is_offered=True,
        by=by,
    )


def _advertiser(name: str, trade: str, *, by: User) -> Advertiser:
    return make_advertiser(
        name=name,
        category=trade,
        email=f"hello@{trade}.example",
        address="4 Lantern Street\nGannet Rock",
        by=by,
    )


def _winter(courier: Outlet, draw: Draw, at: datetime) -> FlightOrder:
    lamp = draw("channel-lights", "courier", "Lights along a channel at night")
    return FlightOrder(
        name="Above and in the text",
        starts_at=at - COUNTED,
        ends_at=at + BOOKED,
        goal=45_000,
        amount_cents=1400,
        views_per_device=4,
        per_days=1,
        targeting=Targeting(outlets=[courier], places=[Place.TOP, Place.IN_TEXT, Place.SIDE]),
        creatives=[
            CreativeOrder(
                kind=Creative.Kind.CARD,
                headline="Lamps that stay lit in a gale",
                text="Tested on the night pilotage. In the shop on Quay 4, and by post.",
                action="See the lamps",
                link="https://chandlers.example/lamps",
                picture=lamp,
            )
        ],
    )


def _house(courier: Outlet, at: datetime) -> FlightOrder:
    sheet = get_sheet(outlet_id=courier.pk)
    return FlightOrder(
        name="The evening in one mail",
        starts_at=at - COUNTED,
        priority=Flight.Priority.HOUSE,
        pricing=Pricing.FLAT,
        targeting=Targeting(outlets=[courier], places=[Place.LIST, Place.IN_TEXT]),
        creatives=[
            CreativeOrder(
                kind=Creative.Kind.CARD,
                headline="The day on the water, every evening at six",
                text="The Evening Courier comes by mail and costs nothing.",
                action="Have it sent",
                link=sheet.absolute("newsletters/"),
            )
        ],
    )


def _bread(tideline: Outlet, draw: Draw, at: datetime) -> FlightOrder:
    return FlightOrder(
        name="Mornings",
        starts_at=at - timedelta(days=2),
        ends_at=at + BOOKED,
        goal=20_000,
        amount_cents=1600,
        targeting=Targeting(outlets=[tideline], places=[Place.TOP, Place.IN_TEXT]),
        creatives=[
            CreativeOrder(
                kind=Creative.Kind.CARD,
                headline="Rye bread from six, every day but Monday",
                text="Lantern Street, two doors from the tram.",
                action="What is baked today",
                link="https://bakers.example/today",
                picture=draw("market-awnings", "tideline", "Awnings of market stalls"),
            )
        ],
    )


def _lunches(courier: Outlet, article: ArticlePage, at: datetime) -> FlightOrder:
    sheet = get_sheet(outlet_id=courier.pk)
    return FlightOrder(
        name="The card of the sponsored article",
        starts_at=at - timedelta(days=3),
        ends_at=at + BOOKED,
        priority=Flight.Priority.SPONSORSHIP,
        goal_kind=Flight.Goal.SHARE,
        goal=500,
        pricing=Pricing.FLAT,
        amount_cents=24_000,
        targeting=Targeting(outlets=[courier], places=[Place.CARD]),
        creatives=[
            CreativeOrder(
                kind=Creative.Kind.CARD,
                headline=article.title[:80],
                article=article,
                link=sheet.absolute(""),
            )
        ],
    )


def _figures(outlet: Outlet, flight: Flight, places: Mapping[str, int], at: datetime) -> None:
    """
    More at breakfast and in the evening than at night; half of what is offered is seen.

    places: how many an hour, in the middle of the day.
    """
    creative = flight.creatives.get()
    rows = []
    for hour in range(int(flight.starts_at.timestamp()) // 3600, int(at.timestamp()) // 3600):
        crowd = 1.0 - 0.8 * cos(2 * pi * ((hour + 19) % 24) / 24)
        for place, share in places.items():
            offered = round(share * crowd * (0.9 + 0.2 * (hour % 7) / 6))
            visible = offered * (52 + hour % 5) // 100
            counts = {"outlet": outlet, "place": place, "hour": hour}
            rows += [
                HourOfAds(**counts, chances=round(offered * 1.8)),
                HourOfAds(
                    **counts,
                    creative=creative,
                    offered=offered,
                    visible=visible,
                    clicked=(visible * (1 + hour % 3) + hour * 37 % 130) // 130,
                ),
            ]
    HourOfAds.objects.bulk_create(rows, batch_size=500)
