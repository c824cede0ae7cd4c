"""Curating a front: arrange the draft, look at it, release it, bring an older one back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from masthead.fronts.actions import (
    BadLayout,
    NothingToRelease,
    arrange_front,
    discard_front,
    release_front,
)
from masthead.fronts.curating import (
    WORDS,
    board_of,
    desk_card,
    find_articles,
    history_of,
    slots_now,
)
from masthead.fronts.forms import slots_from
from masthead.fronts.models import FrontLayout
from masthead.fronts.pages import front_page
from masthead.fronts.rules import may_curate
from masthead.outlets.models import Outlet
from masthead.outlets.previews import preview_response
from masthead.outlets.queries import get_sheet


def outlets_to_curate(user: Any) -> list[Outlet]:
    """The live outlets whose front somebody may release, in the network's order."""
    return [each for each in Outlet.objects.live().order_by("path") if may_curate(user, each)]


def get_outlet(user: Any, slug: str) -> Outlet:
    """The outlet, for whoever may curate it. Raises Http404 for everybody else."""
    outlet = Outlet.objects.live().filter(slug=slug).first()
    if outlet is None or not may_curate(user, outlet):
        raise Http404
    return outlet


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """With one outlet there is nothing to choose."""
    outlets = outlets_to_curate(request.user)
    if not outlets:
        raise PermissionDenied
    if len(outlets) == 1:
        return redirect("fronts:curate", outlets[0].slug)
    return render(request, "fronts/desk/index.html", {"outlets": outlets})


@require_safe
def curate(request: HttpRequest, outlet: str) -> HttpResponse:
    title = get_outlet(request.user, outlet)
    slots, is_draft = slots_now(outlet_id=title.pk)
    sheet = get_sheet(outlet_id=title.pk)
    context = {
        "outlet": title,
        "outlets": outlets_to_curate(request.user),
        "state": {
            **board_of(sheet=sheet, slots=slots, at=timezone.now()),
            "words": {key: str(word) for key, word in WORDS.items()},
            "zone": timezone.get_current_timezone_name(),
            "found": [desk_card(row) for row in find_articles(outlet_id=title.pk, words="")],
            "urls": {
                name: reverse(f"fronts:{name}", args=[title.slug])
                for name in ("arrange", "articles", "look")
            },
        },
        "is_draft": is_draft,
        "history": history_of(outlet_id=title.pk),
        "front_url": sheet.absolute(),
    }
    return render(request, "fronts/desk/curate.html", context)


@require_POST
def arrange(request: HttpRequest, outlet: str) -> JsonResponse:
    """Keep the draft; answers the board as it will be filled up."""
    title = get_outlet(request.user, outlet)
    now = timezone.now()
    try:
        draft = arrange_front(
            outlet=title,
            slots=slots_from(request.body),
            by=request.user,  # type: ignore[arg-type]  # the desk has nobody anonymous
            at=now,
        )
    except BadLayout as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(board_of(sheet=get_sheet(outlet_id=title.pk), slots=draft.slots, at=now))


@require_safe
def articles(request: HttpRequest, outlet: str) -> JsonResponse:
    title = get_outlet(request.user, outlet)
    found = find_articles(outlet_id=title.pk, words=request.GET.get("q", ""))
    return JsonResponse({"found": [desk_card(row) for row in found]})


@require_safe
def look(request: HttpRequest, outlet: str) -> HttpResponse:
    """The draft exactly as readers would get it."""
    title = get_outlet(request.user, outlet)
    slots, _is_draft = slots_now(outlet_id=title.pk)
    sheet = get_sheet(outlet_id=title.pk)
    now = timezone.now()
    with translation.override(sheet.language), timezone.override(sheet.timezone):
        return preview_response(front_page(sheet=sheet, at=now, slots=slots), at=now)


@require_POST
def release(request: HttpRequest, outlet: str) -> HttpResponse:
    title = get_outlet(request.user, outlet)
    try:
        release_front(outlet=title, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("Readers see this front now."))
    except NothingToRelease as error:
        messages.info(request, str(error))
    return redirect("fronts:curate", title.slug)


@require_POST
def discard(request: HttpRequest, outlet: str) -> HttpResponse:
    """Throw the draft away; the screen shows again what readers see."""
    title = get_outlet(request.user, outlet)
    discard_front(outlet=title)
    messages.info(request, _("The draft is gone; this is what readers see."))
    return redirect("fronts:curate", title.slug)


@require_POST
def bring_back(request: HttpRequest, outlet: str, layout_id: int) -> HttpResponse:
    """Make an older front the draft, to be looked at and released."""
    title = get_outlet(request.user, outlet)
    older = get_object_or_404(FrontLayout, pk=layout_id, outlet=title)
    arrange_front(outlet=title, slots=older.slots, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("It is your draft now. Readers see it when you release it."))
    return redirect("fronts:curate", title.slug)
