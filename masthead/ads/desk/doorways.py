"""What the ad desk's screens fetch through: for whoever sells there; else 403 or 404."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from masthead.accounts.models import User
from masthead.ads.models import Advertiser, Campaign, Creative, Flight
from masthead.ads.selling import queries
from masthead.ads.selling.rules import may_sell


def seller(request: HttpRequest) -> User:
    """Raises PermissionDenied for whoever sells nowhere."""
    user = request.user
    if not isinstance(user, User) or not may_sell(user):
        raise PermissionDenied
    return user


def get_advertiser(request: HttpRequest, public_id: UUID) -> Advertiser:
    seller(request)
    return get_object_or_404(queries.advertisers(), public_id=public_id)


def get_campaign(request: HttpRequest, public_id: UUID) -> Campaign:
    try:
        return queries.get_campaign_for(seller(request), public_id)
    except Campaign.DoesNotExist as error:
        raise Http404 from error


def get_flight(request: HttpRequest, public_id: UUID) -> Flight:
    try:
        return queries.get_flight_for(seller(request), public_id)
    except Flight.DoesNotExist as error:
        raise Http404 from error


def get_creative(request: HttpRequest, public_id: UUID) -> Creative:
    try:
        return queries.get_creative_for(seller(request), public_id)
    except Creative.DoesNotExist as error:
        raise Http404 from error
