"""What the screens fetch through: outlet, newsletter, edition, for whoever may; else 404."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from masthead.newsletters.models import Edition, Newsletter
from masthead.newsletters.rules import may_prepare
from masthead.outlets.models import Outlet


def outlets_to_write_for(user: Any) -> list[Outlet]:
    """In the network's order."""
    return [each for each in Outlet.objects.live().order_by("path") if may_prepare(user, each)]


def get_outlet(user: Any, slug: str) -> Outlet:
    outlet = Outlet.objects.live().filter(slug=slug).first()
    if outlet is None or not may_prepare(user, outlet):
        raise Http404
    return outlet


def get_newsletter(user: Any, slug: str, newsletter_id: int) -> Newsletter:
    outlet = get_outlet(user, slug)
    rows = Newsletter.objects.select_related("outlet")
    return get_object_or_404(rows, pk=newsletter_id, outlet=outlet)


def get_edition(user: Any, slug: str, edition_id: int) -> Edition:
    outlet = get_outlet(user, slug)
    rows = Edition.objects.select_related("newsletter__outlet", "made_by")
    return get_object_or_404(rows, pk=edition_id, newsletter__outlet=outlet)
