"""The page of preferences: behind the link of every mail, and in the account."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.readers.addresses import NotAnAddress, shortened
from masthead.readers.changing_address import move_intent
from masthead.readers.models import Reader
from masthead.readers.pages.answering import (
    for_reader,
    page,
    see_other,
    sentence,
    sheet_of,
    source_of,
)
from masthead.readers.preferences import Saving, find_reader_by_token, save_all, sections
from masthead.readers.proofs import ask_to_prove

SAVED = "saved"


# The address is the secret (see `confirming.confirm`).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """
    For whoever has a mail of ours, without signing in. It shows no whole address and nothing but
    the choices themselves, because mails are forwarded.
    """
    reader = find_reader_by_token(token)
    if reader is None:
        words = _("The mail it is from may be of somebody who is not with us any more.")
        return sentence(request, _("This link no longer works"), words, status=404)
    if request.method == "POST":
        _save(request, reader, place="readers/preferences/", proof="link")
        return see_other(request, f"readers/preferences/{token}/?{SAVED}=1")
    shown = built(reader, sheet_of(request))
    title = _("What you get from us")
    return page(
        request,
        "readers/preferences.html",
        title,
        sections=shown,
        address=shortened(reader.email),
        is_saved=SAVED in request.GET,
        move_url=f"readers/preferences/{token}/address/",
    )


@csrf_exempt
@require_POST
def move(request: HttpRequest, token: str) -> HttpResponse:
    """To another address, once that has agreed. The answer is the same for every address."""
    reader = find_reader_by_token(token)
    if reader is None:
        return sentence(request, _("This link no longer works"), status=404)
    try:
        ask_to_prove(
            email=request.POST.get("email", "")[:300],
            intents=[move_intent(reader=reader)],
            sheet=sheet_of(request),
            place="readers/preferences/",
            source=source_of(request),
            at=timezone.now(),
        )
    except NotAnAddress as bad:
        more = {"url": f"readers/preferences/{token}/", "link": _("Back")}
        return sentence(request, str(bad), status=422, **more)
    return see_other(request, "readers/asked/")


@for_reader
@require_POST
def save_preferences(request: HttpRequest, reader: Reader) -> HttpResponse:
    _save(request, reader, place="readers/account/", proof="signed-in")
    return see_other(request, f"readers/account/?{SAVED}=1")


def built(reader: Reader, sheet: Sheet) -> list[Any]:
    """Each section rendered."""
    values = ((section, section.build(reader, sheet)) for section in sections())
    return [
        render(section.template, {"sheet": sheet, **shown})
        for section, shown in values
        if shown is not None
    ]


def _save(request: HttpRequest, reader: Reader, *, place: str, proof: str) -> None:
    saving = Saving(sheet_of(request), place, proof, timezone.now())
    with transaction.atomic():
        save_all(reader=reader, data=request.POST, saving=saving)
