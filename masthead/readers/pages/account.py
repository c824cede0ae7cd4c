"""A reader's account: what they get, how they come in, what is held of them, and the way out."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.readers import codes, holdings
from masthead.readers.addresses import NotAnAddress
from masthead.readers.changing_address import change_intent
from masthead.readers.held import is_staff
from masthead.readers.models import Reader
from masthead.readers.pages.answering import (
    for_reader,
    page,
    see_other,
    sentence,
    sheet_of,
    source_of,
)
from masthead.readers.pages.choosing import SAVED, built
from masthead.readers.pages.signing_in import SCRIPT
from masthead.readers.proofs import ask_to_prove
from masthead.readers.signing_in import end_others, session_of

SALT = "masthead.readers.erasing"


@for_reader
@require_safe
def account(request: HttpRequest, reader: Reader) -> HttpResponse:
    sheet = sheet_of(request)
    keys = Authenticator.objects.filter(user=reader.user, type=Authenticator.Type.WEBAUTHN)
    return page(
        request,
        "readers/account.html",
        _("Your account"),
        with_token=True,
        reader=reader,
        sections=built(reader, sheet),
        is_saved=SAVED in request.GET,
        passkeys=[(key.pk, key.wrap().name) for key in keys.order_by("pk")],
        keeps_passkeys=bool(sheet.prefix),
        is_staff=reader.user is not None and is_staff(reader.user),
        passkeys_url=f"{settings.NETWORK_URL}/{sheet.slug}/readers/account/",
        sessions=list(reader.sessions.order_by("-since", "-pk")[:50]),
        here=session_of(request),
        script_url=static(SCRIPT),
    )


@for_reader
@require_POST
def change_address(request: HttpRequest, reader: Reader) -> HttpResponse:
    sheet = sheet_of(request)
    try:
        ask_to_prove(
            email=request.POST.get("email", "")[:300],
            intents=[change_intent(reader=reader, sheet=sheet)],
            sheet=sheet,
            place="readers/account/",
            source=source_of(request),
            at=timezone.now(),
        )
    except NotAnAddress as bad:
        more = {"url": "readers/account/", "link": _("Your account")}
        return sentence(request, str(bad), status=422, **more)
    return see_other(request, "readers/asked/")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    words = _("We have written to the new address. It is yours when you press the button there.")
    return sentence(request, _("Look into your mail"), words)


@for_reader
@require_POST
def end_other_sessions(request: HttpRequest, reader: Reader) -> HttpResponse:
    end_others(request=request, reader=reader)
    return see_other(request, "readers/account/")


@for_reader
@require_POST
def export(request: HttpRequest, reader: Reader) -> HttpResponse:
    now = timezone.now()
    packed = holdings.export_of(reader=reader, sheet=sheet_of(request), at=now)
    answer = HttpResponse(packed, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="held-{now:%Y-%m-%d}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@for_reader
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, reader: Reader) -> HttpResponse:
    """First a code to the mailbox, then the code and the last word."""
    waiting = _read(request.POST.get("asked", ""), reader)
    if request.method != "POST":
        return _erase_page(request)
    if waiting is None:
        code = codes.ask_for_code(
            email=reader.email,
            purpose=codes.ERASE,
            sheet=sheet_of(request),
            source=source_of(request),
            at=timezone.now(),
        )
        return _erase_page(request, asked=signing.dumps([str(code), reader.pk], salt=SALT))
    return _erase_with_code(request, reader, waiting)


def _erase_with_code(request: HttpRequest, reader: Reader, waiting: UUID) -> HttpResponse:
    now = timezone.now()
    try:
        # Outside of the erasure's transaction: a wrong try counts.
        typed = request.POST.get("code", "")[:100]
        codes.use_code(asked=waiting, typed=typed, purpose=codes.ERASE, at=now)
    except (codes.WrongCode, codes.CodeOver) as wrong:
        kept = request.POST.get("asked", "") if isinstance(wrong, codes.WrongCode) else ""
        return _erase_page(request, asked=kept, problem=str(wrong), status=422)
    holdings.erase(reader=reader, at=now, never_again="never-again" in request.POST)
    logout(request)
    return sentence(request, _("Everything has been erased"), _("Thank you for having read us."))


def _erase_page(
    request: HttpRequest, *, asked: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    shown: dict[str, Any] = {"asked": asked, "problem": problem, "minutes": 15}
    held = [each.label for each in holdings.holdings()]
    title = _("Erase everything")
    return page(
        request,
        "readers/erase.html",
        title,
        status=status,
        with_token=True,
        held=held,
        **shown,
    )


def _read(given: str, reader: Reader) -> UUID | None:
    """The code that this reader has asked for."""
    try:
        asked, whose = signing.loads(given, salt=SALT, max_age=codes.GOOD_FOR)
    except signing.BadSignature:
        return None
    return UUID(asked) if whose == reader.pk else None
