"""An advertiser with a campaign that runs."""

from datetime import timedelta
from typing import Any

from masthead.ads.models import Advertiser, Campaign, Creative, Flight
from tests.factories import NOON


def a_flight(*, by: str = "Quay Bakery", category: str = "bakery", **fields: Any) -> Flight:
    advertiser = Advertiser.objects.create(name=by, category=category)
    campaign = Campaign.objects.create(
        advertiser=advertiser, name="Autumn", state=Campaign.State.BOOKED
    )
    dates = {"starts_at": NOON - timedelta(days=1), "ends_at": NOON + timedelta(days=29)}
    return Flight.objects.create(**{"campaign": campaign, "name": "Bread"} | dates | fields)


def a_creative(flight: Flight, **fields: Any) -> Creative:
    card = {
        "kind": Creative.Kind.CARD,
        "headline": "Fresh bread from six",
        "text": "At the quay, every day but Monday.",
        "action": "See the shop",
        "link": "https://quay.example/",
        "state": Creative.State.APPROVED,
    }
    return Creative.objects.create(flight=flight, **card | fields)
