"""Passkeys of readers, on the network's host: one works for all outlets."""

import json
from typing import Any

from allauth.core.ratelimit import consume_or_429
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from masthead.readers.held import is_staff
from masthead.readers.models import Reader
from masthead.readers.pages.answering import for_reader, inside, see_other, sentence, sheet_of
from masthead.readers.pages.signing_in import go_on, state_in
from masthead.readers.signing_in import NotLetIn, enter, user_of

MOST_PASSKEYS = 10
LONGEST = 20_000


@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """What the browser asks the passkey for; the challenge stays in the session."""
    _refuse_elsewhere(request)
    if refused := consume_or_429(request, action="login"):
        return refused
    return _json(auth.begin_authentication(None))


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    _refuse_elsewhere(request)
    if refused := consume_or_429(request, action="login"):
        return refused
    given = _credential(request)
    try:
        user = auth.extract_user_from_response(given)
        auth.parse_authentication_response(given)
        auth.complete_authentication(user, given)
        reader = Reader.objects.get(user=user)
        enter(request=request, reader=reader, through="passkey", at=timezone.now())
    except (ValidationError, Reader.DoesNotExist, NotLetIn, ValueError, KeyError, AttributeError):
        words = _("Ask for a code by mail instead.")
        more = {"url": "readers/sign-in/", "link": _("Sign in")}
        return sentence(request, _("This passkey opens no account here"), words, status=403, **more)
    to, state = inside(request.POST.get("to", "")), state_in(request.POST.get("state", ""))
    return go_on(request, reader, to, state)


@for_reader
@require_POST
def add_options(request: HttpRequest, reader: Reader) -> HttpResponse:
    _refuse_elsewhere(request)
    _refuse_staff(reader)
    return _json(auth.begin_registration(user_of(reader=reader), passwordless=True))


@for_reader
@require_POST
def add(request: HttpRequest, reader: Reader) -> HttpResponse:
    _refuse_elsewhere(request)
    _refuse_staff(reader)
    user, given = user_of(reader=reader), _credential(request)
    if Authenticator.objects.filter(user=user).count() >= MOST_PASSKEYS:
        return sentence(request, _("You have very many passkeys already."), status=409)
    try:
        auth.parse_registration_response(given)
        auth.complete_registration(given)
    except (ValidationError, ValueError, KeyError, AttributeError):
        return sentence(request, _("That did not work"), _("Please try once more."), status=422)
    name = " ".join(request.POST.get("name", "").split())[:60] or _("Passkey")
    auth.WebAuthn.add(user, name, given)
    return see_other(request, "readers/account/?passkey=1")


@for_reader
@require_POST
def remove(request: HttpRequest, reader: Reader, number: int) -> HttpResponse:
    _refuse_staff(reader)
    mine = Authenticator.objects.filter(user=reader.user, type=Authenticator.Type.WEBAUTHN)
    get_object_or_404(mine, pk=number).delete()
    return see_other(request, "readers/account/")


def _refuse_elsewhere(request: HttpRequest) -> None:
    """A passkey belongs to one host."""
    if not sheet_of(request).prefix:
        raise Http404


def _refuse_staff(reader: Reader) -> None:
    """Theirs open the desk too: a code from a mailbox is not enough to add or remove one."""
    if reader.user is not None and is_staff(reader.user):
        raise Http404


def _credential(request: HttpRequest) -> dict[str, Any]:
    text = request.POST.get("credential", "")
    try:
        given = json.loads(text) if len(text) <= LONGEST else None
    except ValueError:
        given = None
    return given if isinstance(given, dict) else {}


def _json(options: dict[str, Any]) -> HttpResponse:
    # fido2's own mapping writes bytes as base64url.
    answer = JsonResponse(json.loads(json.dumps(options, default=dict)))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
