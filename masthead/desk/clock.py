"""
Which clock the desk shows and reads: an outlet's, wherever one outlet is meant.

Wagtail asks the profile of whoever is signed in for the time zone of every screen. For an address
that names an outlet, or something in one, the answer is the outlet's zone, so that the desk says
and takes the same times as readers get. Templates and fields just use the zone in force.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile

from masthead.accounts.models import User
from masthead.desk.queries import outlets_of
from masthead.outlets.models import Outlet
from masthead.outlets.queries import find_outlet_of

# Arguments of addresses that name a page; in Wagtail's own page screens `pk` does as well.
_PAGES = ("page_id", "parent_page_id", "page_to_move_id", "page_pk")
_PAGE_SCREENS = {"wagtailadmin_pages", "wagtailadmin_api:pages"}


class DeskClockMiddleware:
    """After the doors: whoever gets here may see what the address names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        # An outlet's own host has other addresses. Readers' pages never look at the session.
        desk = reverse("wagtailadmin_home", urlconf=settings.ROOT_URLCONF)
        if request.path.startswith(desk) and isinstance(request.user, User):
            set_clock(request, request.user)


def set_clock(request: HttpRequest, user: User) -> None:
    """Let Wagtail's screens, which ask the profile, run on the clock of what is asked for."""
    profile = getattr(user, "wagtail_userprofile", None) or UserProfile(user=user)
    outlet = find_outlet_named(request)
    own: str = profile.current_time_zone
    zone = outlet.timezone if outlet else own or zone_of(user)
    # Not a lambda: a picture keeps whoever uploads it, and Wagtail pickles it for the cache.
    profile.get_current_time_zone = partial(str, zone)


def find_outlet_named(request: HttpRequest) -> Outlet | None:
    """The outlet that an address of the desk names, or that what it names belongs to."""
    match = request.resolver_match
    if match is None:
        return None
    slug = match.kwargs.get("outlet") or (
        request.GET.get("outlet") if match.view_name == "wagtailadmin_home" else None
    )
    if slug:
        return Outlet.objects.filter(slug=slug).first()
    named = [match.kwargs[name] for name in _PAGES if name in match.kwargs]
    if match.namespace in _PAGE_SCREENS and "pk" in match.kwargs:
        named.append(match.kwargs["pk"])
    page = Page.objects.filter(pk=named[0]).only("path").first() if named else None
    return find_outlet_of(page) if page else None


def zone_of(user: User) -> str:
    """The zone of screens across outlets: of the first outlet somebody works in."""
    return next((outlet.timezone for outlet in outlets_of(user)), settings.TIME_ZONE)
