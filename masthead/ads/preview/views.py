"""What the ad desk opens to look at a creative."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from masthead.ads.desk.doorways import get_creative
from masthead.ads.models import Creative
from masthead.ads.preview.pages import NowhereToShow, list_with, page_with, sheet_for
from masthead.ads.public.frames import print_frame
from masthead.outlets.previews import preview_response
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.render import respond


@require_safe
def page(request: HttpRequest, creative: UUID) -> HttpResponse:
    """The real page as a reader would get it who is offered this creative."""
    found, sheet = _look_at(request, creative)
    now, list_url = timezone.now(), reverse("ads-preview-list", args=[creative])
    with translation.override(sheet.language), timezone.override(sheet.timezone):
        try:
            made = page_with(found, sheet=sheet, list_url=list_url, at=now)
        except NowhereToShow as error:
            raise Http404 from error
        return preview_response(made, at=now)


@require_safe
def its_list(request: HttpRequest, creative: UUID) -> HttpResponse:
    found, sheet = _look_at(request, creative)
    frame_url = reverse("ads-preview-frame", args=[creative])
    return JsonResponse(list_with(found, sheet=sheet, frame_url=frame_url))


@require_safe
def frame(request: HttpRequest, creative: UUID) -> HttpResponse:
    """Of no origin, as readers get it: nothing in it reaches whoever looks at it here."""
    found, sheet = _look_at(request, creative)
    asking = Asking(sheet, timezone.now())
    return respond(print_frame(found.html, link=found.link, title=str(found), asking=asking))


def _look_at(request: HttpRequest, creative: UUID) -> tuple[Creative, Sheet]:
    found = get_creative(request, creative)
    try:
        return found, sheet_for(found)
    except NowhereToShow as error:
        raise Http404 from error
