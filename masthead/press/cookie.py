"""The signed cookie that says which class of readers somebody belongs to."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from masthead.accounts.only_reader import is_only_reader
from masthead.press.door import classes
from masthead.press.variants import PUBLIC, Variant, find_variant, variant_for
from masthead.readers.models import Reader
from masthead.readers.queries import (
    benefits_of,
    benefits_of_reader,
    benefits_of_reader_until,
    benefits_until,
)

GOOD_FOR = timedelta(days=1)


def variant_of(request: HttpRequest, *, at: datetime) -> Variant:
    """By the cookie; else by who is signed in. Whoever is neither is the public."""
    value = request.COOKIES.get(classes.COOKIE)
    if value is not None:
        name = classes.read(value, at.timestamp(), _secret())
        return find_variant(name) or PUBLIC
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return variant_for(benefits_of(user=request.user, at=at))
    return PUBLIC


def give_class(response: HttpResponseBase, *, request: HttpRequest, at: datetime) -> None:
    """Set the cookie of the person signed in, or take it back from one who has no benefit."""
    user = request.user
    variant = variant_for(benefits_of(user=user, at=at))
    if variant.is_public:
        if classes.COOKIE in request.COOKIES:
            response.delete_cookie(classes.COOKIE, samesite="Lax")
        return
    _give(response, variant, at, benefits_until(user=user, at=at))


def give_class_of(response: HttpResponseBase, *, reader: Reader, at: datetime) -> None:
    """Set the cookie of a reader whose browser has just shown that it is theirs."""
    variant = variant_for(benefits_of_reader(reader=reader, at=at))
    if not variant.is_public:
        _give(response, variant, at, benefits_of_reader_until(reader=reader, at=at))


def _give(
    response: HttpResponseBase, variant: Variant, at: datetime, until: datetime | None
) -> None:
    ends = min(at + GOOD_FOR, until or at + GOOD_FOR)
    response.set_cookie(
        classes.COOKIE,
        classes.make(variant.name, int(ends.timestamp()), _secret()),
        expires=ends,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _secret() -> bytes:
    key: str = settings.SECRET_KEY
    return key.encode()


class ClassCookieMiddleware:
    """
    Whoever signs in or out gets the cookie of their class, with that very answer.

    Only answers of accounts are looked at: readers' pages are the same for all of a class.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _may_change_class(request):
            if request.user.is_authenticated:
                give_class(response, request=request, at=timezone.now())
            elif classes.COOKIE in request.COOKIES:
                response.delete_cookie(classes.COOKIE, samesite="Lax")
        return response


def _may_change_class(request: HttpRequest) -> bool:
    """Where people sign in and out: the desk's way, and below an outlet the readers'."""
    if getattr(request, "sheet", None) is None:
        # A reader's session counts for nothing there; their class is not taken for that.
        return request.path.startswith("/account/") and not is_only_reader(request)
    return request.path_info.startswith("/readers/")
