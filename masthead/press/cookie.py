"""The signed cookie that says which class of readers somebody belongs to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from masthead.accounts.only_reader import is_only_reader
from masthead.press.door import classes
from masthead.press.variants import PUBLIC, Variant, find_variant, variant_for
from masthead.readers.classes import Standing, purchase_standings, standing_of, standings
from masthead.readers.models import Reader
from masthead.readers.queries import benefits_of

# In the browser; what it says is good until its own end, a day at most, and then renewed.
KEPT = {classes.SIGNED_IN: timedelta(days=90), classes.BOUGHT: timedelta(days=400)}


def variant_of(request: HttpRequest, *, at: datetime) -> Variant:
    """
    By the cookie; else by who is signed in. Whoever is neither is the public.

    What its reader, or its purchase, may have is asked anew: a query or two, none for a cookie that
    is not ours.
    """
    value = request.COOKIES.get(classes.COOKIE)
    if value is not None:
        cookie = classes.check(value, _secret())
        if not cookie.reader:
            return (at.timestamp() < cookie.until and find_variant(cookie.variant)) or PUBLIC
        of, asked = classes.reader_of(cookie.reader), [classes.reader_of(cookie.reader)]
        if cookie.way == classes.BOUGHT:
            return variant_for(purchase_standings(public_ids=asked, at=at)[of].benefits)
        return variant_for(standings(public_ids=asked, at=at)[of].benefits)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return variant_for(benefits_of(user=request.user, at=at))
    return PUBLIC


def give_class(response: HttpResponseBase, *, request: HttpRequest, at: datetime) -> None:
    """Set the cookie of the reader signed in, or take it back where nobody is one."""
    reader = Reader.objects.filter(user=request.user.pk).first()
    if reader is not None:
        give_class_of(response, reader=reader, at=at)
    elif classes.COOKIE in request.COOKIES:
        response.delete_cookie(classes.COOKIE, samesite="Lax")


def give_class_of(response: HttpResponseBase, *, reader: Reader, at: datetime) -> Variant:
    """
    Set the cookie of a reader whose browser has just shown that it is theirs.

    Also that of the public: by it a door knows them when they are given something elsewhere.
    """
    standing = standing_of(reader=reader, at=at)
    return _set(response, reader.public_id, standing, at, classes.SIGNED_IN)


def give_class_of_purchase(response: HttpResponseBase, *, public_id: UUID, at: datetime) -> Variant:
    """
    Set the cookie of the browser in which something was bought: what that purchase came to.

    Whose address was typed there is not proved by paying, so nothing else of theirs counts.
    """
    standing = purchase_standings(public_ids=[public_id], at=at)[public_id]
    return _set(response, public_id, standing, at, classes.BOUGHT)


def _set(
    response: HttpResponseBase, of: UUID, standing: Standing, at: datetime, way: str
) -> Variant:
    variant = variant_for(standing.benefits)
    response.set_cookie(
        classes.COOKIE,
        classes.make(
            variant.name,
            int(standing.until.timestamp()),
            _secret(),
            issued=int(at.timestamp()),
            reader=classes.mark_of(of),
            way=way,
        ),
        expires=at + KEPT[way],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return variant


def _secret() -> bytes:
    key: str = settings.SECRET_KEY
    return key.encode()


class ClassCookieMiddleware:
    """
    Whoever signs in or out gets the cookie of their class, with that very answer.

    Readers' pages are the same for all of a class, so only answers of accounts are looked at, and
    those for one person where a session has no cookie beside it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if classes.COOKIE in response.cookies:
            return response
        if _may_change_class(request) or _lacks_class(request, response):
            if request.user.is_authenticated:
                give_class(response, request=request, at=timezone.now())
            elif _is_of_a_session(request):
                response.delete_cookie(classes.COOKIE, samesite="Lax")
        return response


def _is_of_a_session(request: HttpRequest) -> bool:
    """Whether there is a cookie that goes with being signed in; a purchase's stays."""
    value = request.COOKIES.get(classes.COOKIE)
    return value is not None and classes.check(value, _secret()).way != classes.BOUGHT


def _may_change_class(request: HttpRequest) -> bool:
    """Where people sign in and out: the desk's way, and below an outlet the readers'."""
    if getattr(request, "sheet", None) is None:
        # A reader's session counts for nothing there; their class is not taken for that.
        return request.path.startswith("/account/") and not is_only_reader(request)
    return request.path_info.startswith("/readers/")


def _lacks_class(request: HttpRequest, response: HttpResponseBase) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or classes.COOKIE in request.COOKIES:
        return False
    is_for_one = response.headers.get("Cache-Control", "").startswith("private, no-store")
    return is_for_one and getattr(request, "sheet", None) is not None
