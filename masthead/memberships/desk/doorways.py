"""What the screens fetch through, for whoever may; else 403 or 404."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.memberships.models import Group, Membership, Plan, Price, Prompt
from masthead.memberships.rules import may_offer, may_see_members, outlets_to_offer_on
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader


def refuse_others(request: HttpRequest) -> User:
    """Publishers and owners."""
    if not may_see_members(request.user):
        raise PermissionDenied
    return cast(User, request.user)


def get_plan(request: HttpRequest, public_id: UUID) -> Plan:
    """To look at. Whether one may change it says `may_offer`."""
    refuse_others(request)
    return get_object_or_404(Plan.objects.select_related("outlet"), public_id=public_id)


def get_plan_to_change(request: HttpRequest, public_id: UUID) -> Plan:
    plan = get_plan(request, public_id)
    if not may_offer(request.user, plan.outlet):
        raise PermissionDenied
    return plan


def get_price_to_change(request: HttpRequest, public_id: UUID) -> Price:
    refuse_others(request)
    price = get_object_or_404(Price.objects.select_related("plan__outlet"), public_id=public_id)
    if not may_offer(request.user, price.plan.outlet):
        raise PermissionDenied
    return price


def get_member(request: HttpRequest, public_id: UUID) -> Reader:
    refuse_others(request)
    return get_object_or_404(Reader, public_id=public_id)


def get_membership(request: HttpRequest, public_id: UUID) -> Membership:
    refuse_others(request)
    found = Membership.objects.select_related("plan", "customer__reader")
    return get_object_or_404(found, public_id=public_id)


def get_group(request: HttpRequest, public_id: UUID) -> Group:
    refuse_others(request)
    found = Group.objects.select_related("membership__plan", "plan", "owner")
    return get_object_or_404(found, public_id=public_id)


def get_outlet(request: HttpRequest, slug: str) -> Outlet:
    refuse_others(request)
    for each in outlets_to_offer_on(request.user):
        if each.slug == slug:
            return each
    raise Http404


def get_prompt(request: HttpRequest, public_id: UUID) -> Prompt:
    refuse_others(request)
    found = get_object_or_404(Prompt.objects.select_related("outlet"), public_id=public_id)
    if not may_offer(request.user, found.outlet):
        raise Http404
    return found


def places_to_choose(user: Any) -> list[tuple[str, str]]:
    """For forms: outlets by their id; the whole network where one may."""
    found = [(str(each.pk), each.title) for each in outlets_to_offer_on(user)]
    return [("", _("The whole network")), *found] if may_offer(user, None) else found
