"""What the ad desk looks at; each sees what runs in their own outlets."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from masthead.ads.models import Advertiser, Campaign, Creative, Flight
from masthead.ads.selling.rules import may_sell, outlets_sold_by, sells_everywhere


def advertisers() -> QuerySet[Advertiser]:
    """Everybody's customers: whoever sells may sell to them."""
    return Advertiser.objects.order_by("name", "pk")


def campaigns_for(user: Any) -> QuerySet[Campaign]:
    """Those that touch the user's outlets or were begun by them, newest first."""
    rows = Campaign.objects.select_related("advertiser").order_by("-created_at", "-pk")
    if sells_everywhere(user):
        return rows
    if not may_sell(user):
        return rows.none()
    mine = [each.pk for each in outlets_sold_by(user)]
    flights = Flight.objects.filter(campaign=OuterRef("pk"))
    touching = flights.filter(Q(outlets__in=mine) | Q(outlets=None))
    return rows.filter(Q(Exists(touching)) | Q(created_by=user) | ~Exists(flights))


def get_campaign_for(user: Any, public_id: UUID) -> Campaign:
    """Raises Campaign.DoesNotExist for what is not theirs."""
    return campaigns_for(user).get(public_id=public_id)


def flights_for(user: Any) -> QuerySet[Flight]:
    """Newest first."""
    rows = Flight.objects.select_related("campaign__advertiser")
    return rows.filter(campaign__in=campaigns_for(user).order_by()).order_by("-starts_at", "-pk")


def get_flight_for(user: Any, public_id: UUID) -> Flight:
    """Raises Flight.DoesNotExist for what is not theirs."""
    return flights_for(user).get(public_id=public_id)


def creatives_for(user: Any) -> QuerySet[Creative]:
    """Newest first."""
    rows = Creative.objects.select_related("flight__campaign__advertiser", "picture")
    return rows.filter(flight__campaign__in=campaigns_for(user).order_by()).order_by("-pk")


def creatives_to_look_at(user: Any) -> QuerySet[Creative]:
    """Those that wait, oldest first, of campaigns that are not cancelled."""
    waiting = creatives_for(user).filter(state=Creative.State.WAITING)
    return waiting.exclude(flight__campaign__state=Campaign.State.CANCELLED).order_by("pk")


def get_creative_for(user: Any, public_id: UUID) -> Creative:
    """Raises Creative.DoesNotExist for what is not theirs."""
    return creatives_for(user).get(public_id=public_id)
