"""
Signing in by a code from one's mailbox, on the network's host for all outlets alike.

An outlet on its own domain sends its readers there, and gets the session handed on.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.core.ids import uuid7
from masthead.readers import codes, handing_on
from masthead.readers.addresses import NotAnAddress
from masthead.readers.models import Reader
from masthead.readers.pages.answering import inside, page, see_other, sentence, sheet_of, source_of
from masthead.readers.signing_in import (
    NotLetIn,
    enter,
    enter_by_code,
    reader_of,
    session_of,
    sign_out,
)

# Which code this browser waits for, and where it goes on; signed, no secret of anybody's.
COOKIE = "masthead_signing_in"
SALT = "masthead.readers.signing-in"
SECONDS = int(codes.GOOD_FOR.total_seconds())
NO_STORE = "private, no-store"
SCRIPT = "masthead/js/passkey.mjs"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    to, state = inside(request.GET.get("to", "")), state_in(request.GET.get("state", ""))
    if not sheet_of(request).prefix:
        return _to_network(request, to)
    reader = reader_of(request)
    if reader is not None and request.method != "POST":
        return _hand_on(request, reader, to, state)
    if request.method != "POST":
        return _form(request, to, state)
    return _ask(
        request, inside(request.POST.get("to", "")), state_in(request.POST.get("state", ""))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Good only in the browser that asked for it: the cookie says which one it is."""
    waiting = _waiting(request)
    if waiting is None:
        return see_other(request, "readers/sign-in/")
    asked, to, state = waiting
    if request.method != "POST":
        return _code_form(request)
    try:
        proof = codes.use_code(
            asked=UUID(asked),
            typed=request.POST.get("code", "")[:100],
            purpose=codes.SIGN_IN,
            at=timezone.now(),
        )
        reader = enter_by_code(request=request, address=proof.address, at=timezone.now())
    except codes.WrongCode as wrong:
        return _code_form(request, problem=str(wrong), status=422)
    except codes.CodeOver as over:
        return _form(request, to, state, problem=str(over), status=410)
    except NotLetIn:
        return sentence(request, _("This account has been closed by the network."), status=403)
    answer = go_on(request, reader, to, state)
    answer.delete_cookie(COOKIE, samesite="Lax")
    return answer


def go_on(request: HttpRequest, reader: Reader, to: str, state: str) -> HttpResponse:
    """After a form: browsers let no form lead to another host, so a page leads on from there."""
    if not _is_handed_on(request, state):
        return see_other(request, to)
    there = _entrance(request, reader, to, state)
    answer = page(request, "readers/signed_in.html", _("You are signed in"), there=there)
    answer.headers["Refresh"] = f"0; url={there}"
    return answer


@require_safe
def enter_here(request: HttpRequest) -> HttpResponse:
    """On an outlet's own domain: takes the session that the network's host hands on."""
    secret = request.COOKIES.get(handing_on.COOKIE, "")
    try:
        handed = handing_on.take(
            token=request.GET.get("token", "")[:1000], sheet=sheet_of(request), secret=secret
        )
        reader = Reader.objects.get(pk=handed.reader_id)
        enter(
            request=request,
            reader=reader,
            through="handed-on",
            chain=handed.chain,
            at=timezone.now(),
        )
    except (handing_on.NotHandedOn, Reader.DoesNotExist, NotLetIn):
        words = _("Please try once more.")
        more = {"url": "readers/account/", "link": _("Sign in")}
        return sentence(request, _("That did not work"), words, status=410, **more)
    answer = see_other(request, inside(handed.to))
    answer.delete_cookie(handing_on.COOKIE, samesite="Lax")
    answer.headers["Cache-Control"] = NO_STORE
    return answer


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    if reader_of(request) is not None and session_of(request) is None:
        logout(request)  # the desk's own session
    else:
        sign_out(request=request)
    return sentence(request, _("You are signed out"))


def _to_network(request: HttpRequest, to: str) -> HttpResponse:
    sheet, secret = sheet_of(request), handing_on.new_secret()
    query = urlencode({"to": to, "state": handing_on.state_of(secret)})
    there = f"{settings.NETWORK_URL}/{sheet.slug}/readers/sign-in/?{query}"
    answer = HttpResponseRedirect(there)
    answer.headers["Cache-Control"] = NO_STORE
    _set_cookie(answer, handing_on.COOKIE, secret)
    return answer


def _hand_on(request: HttpRequest, reader: Reader, to: str, state: str) -> HttpResponse:
    if not _is_handed_on(request, state):
        return see_other(request, to)
    answer = HttpResponseRedirect(_entrance(request, reader, to, state))
    answer.headers["Cache-Control"] = NO_STORE
    return answer


def _is_handed_on(request: HttpRequest, state: str) -> bool:
    return bool(state and sheet_of(request).hosts)


def _entrance(request: HttpRequest, reader: Reader, to: str, state: str) -> str:
    sheet, here = sheet_of(request), session_of(request)
    chain = here.chain if here is not None else uuid7()
    handed = handing_on.Handed(reader.pk, chain, to)
    token = handing_on.sign(handed=handed, sheet=sheet, state=state)
    return f"{sheet.absolute('readers/enter/')}?{urlencode({'token': token})}"


def _ask(request: HttpRequest, to: str, state: str) -> HttpResponse:
    """The same for every address: a code that opens the account, or makes one."""
    email, earlier = request.POST.get("email", "")[:300], _waiting(request)
    try:
        asked = codes.ask_for_code(
            email=email,
            purpose=codes.SIGN_IN,
            sheet=sheet_of(request),
            source=source_of(request),
            at=timezone.now(),
            instead_of=UUID(earlier[0]) if earlier else None,
        )
    except NotAnAddress as bad:
        return _form(request, to, state, problem=str(bad), email=email, status=422)
    answer = see_other(request, "readers/sign-in/code/")
    _set_cookie(answer, COOKIE, signing.dumps([str(asked), to, state], salt=SALT))
    return answer


def _waiting(request: HttpRequest) -> tuple[str, str, str] | None:
    """The code asked for, where to go on, and the state of the host it is for."""
    try:
        asked, to, state = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS
        )
    except signing.BadSignature:
        return None
    return asked, to, state


def _form(
    request: HttpRequest, to: str, state: str, *, status: int = 200, **shown: Any
) -> HttpResponse:
    title = _("Sign in")
    return page(
        request,
        "readers/sign_in.html",
        title,
        status=status,
        with_token=True,
        script_url=static(SCRIPT),
        **{"to": to, "state": state, "problem": "", "email": ""} | shown,
    )


def _code_form(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    return page(
        request,
        "readers/code.html",
        _("Look into your mail"),
        status=status,
        with_token=True,
        problem=problem,
        minutes=SECONDS // 60,
    )


def state_in(given: str) -> str:
    """A hash, as `handing_on.state_of` writes it."""
    return given if len(given) == 64 and given.isalnum() and given.isascii() else ""


def _set_cookie(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
