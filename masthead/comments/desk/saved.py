"""The views that a moderator keeps: listed with their numbers, kept, dropped."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from masthead.accounts.models import User
from masthead.comments.actions.saving import Seen, TooManyViews, keep_view
from masthead.comments.desk.doorways import get_outlets, get_seen, moderator
from masthead.comments.desk.queues import numbers_below
from masthead.comments.models import House, SavedView
from masthead.outlets.models import Outlet


@dataclass(frozen=True)
class Listed:
    """number: how many are in it; None where no column has that."""

    view: SavedView
    url: str
    number: int | None
    is_here: bool


def views_of(user: User, outlets: list[Outlet], *, here: str) -> list[Listed]:
    """Those of titles that one still moderates, by name. Two queries, and nothing is counted."""
    mine = {each.pk for each in outlets}
    rows = SavedView.objects.filter(owner=user).select_related("outlet", "thread")
    views = [
        row
        for row in rows.order_by("name", "pk")
        if (row.outlet_id is None or row.outlet_id in mine)
        and (row.thread is None or row.thread.outlet_id in mine)
    ]
    houses = list(House.objects.filter(outlet__in=mine)) if views else []
    return [
        Listed(row, f"{reverse('comments:index')}?{query_of(row)}", _number(row, houses),
               query_of(row) == here)
        for row in views
    ]  # fmt: skip


def query_of(view: SavedView | Seen) -> str:
    """As the queue's address has it."""
    asked = {
        "queue": view.queue,
        "outlet": view.outlet.slug if view.outlet else "",
        "thread": view.thread.pk if view.thread else "",
        "why": view.why,
    }
    return urlencode({name: value for name, value in asked.items() if value})


def _number(view: SavedView, houses: list[House]) -> int | None:
    """From the columns that every act keeps."""
    if view.why:
        return None
    if view.thread is not None:
        return numbers_below(view.thread).get(view.queue)
    of = [each for each in houses if view.outlet_id in {None, each.outlet_id}]
    return sum(max(0, getattr(each, view.queue)) for each in of)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """What is looked at, by a name."""
    seen = get_seen(request.POST, get_outlets(request))
    name = " ".join(request.POST.get("name", "").split())[:60]
    if name:
        try:
            keep_view(owner=moderator(request), name=name, seen=seen, at=timezone.now())
            messages.success(request, _("Kept."))
        except TooManyViews as too_many:
            messages.warning(request, str(too_many))
    return redirect(f"{reverse('comments:index')}?{query_of(seen)}")


@require_POST
def drop(request: HttpRequest, view_id: int) -> HttpResponse:
    get_outlets(request)
    get_object_or_404(SavedView, pk=view_id, owner=moderator(request)).delete()
    messages.success(request, _("Dropped."))
    return redirect("comments:index")
