"""A class cookie whose time is over, asked about by the front door."""

from http.cookies import SimpleCookie

from django.conf import settings
from django.http import HttpResponse
from django.http.cookie import parse_cookie
from django.utils import timezone

from masthead.accounts.only_reader import user_in_session
from masthead.press.cookie import give_class_of, give_class_of_purchase
from masthead.press.door import classes
from masthead.press.variants import PUBLIC
from masthead.readers.models import Reader


def renew(*, host: str, cookies: str) -> dict[str, str]:
    """
    The class of whose cookie it is, and the header that gives it to them anew or takes it back.

    A cookie that came with signing in is renewed while its session lasts and says what its reader
    may have now; one that came with a purchase says only what that one has come to.
    """
    at, given = timezone.now(), parse_cookie(cookies)
    cookie = classes.check(given.get(classes.COOKIE, ""), settings.SECRET_KEY.encode())
    response = HttpResponse()
    is_bought = bool(cookie.reader) and cookie.way == classes.BOUGHT
    reader = None if is_bought or not cookie.reader else _whose(cookie, given, host)
    if is_bought:
        public_id = classes.reader_of(cookie.reader)
        name = give_class_of_purchase(response, public_id=public_id, at=at).name
    elif reader is None:
        response.delete_cookie(classes.COOKIE, samesite="Lax")
        name = PUBLIC.name
    else:
        name = give_class_of(response, reader=reader, at=at).name
    return {"variant": name, "set_cookie": _header(response.cookies)}


def _whose(cookie: classes.Membership, given: dict[str, str], host: str) -> Reader | None:
    reader = Reader.objects.filter(public_id=classes.reader_of(cookie.reader)).first()
    if reader is None:
        return None
    session = given.get(settings.SESSION_COOKIE_NAME, "")
    user = user_in_session(session, host=host) if session else None
    return reader if user is not None and user.pk == reader.user_id else None


def _header(cookies: "SimpleCookie") -> str:
    return cookies[classes.COOKIE].OutputString() if classes.COOKIE in cookies else ""
