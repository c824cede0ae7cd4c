"""
Sessions of readers: good for readers' pages, nobody's at the desk.

A code from one's mailbox opens an account as a reader. The desk and what guards it want more, so
there such a session counts for nothing, whoever's it is. It counts on the host it was opened on and
on no other: an outlet's own domain may be served by somebody else one day, who then sees cookies.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from masthead.accounts.models import User

MARK = "masthead_only_reader"


def mark_as_reader(request: HttpRequest) -> None:
    """Call after signing the reader in."""
    request.session[MARK] = _host(request)


def is_only_reader(request: HttpRequest) -> bool:
    return bool(request.session.get(MARK))


def forget_mark(*, request: HttpRequest | None, **_signal: object) -> None:
    """Whoever signs in by the desk's own door in the same browser is a reader no longer only."""
    if request is not None and hasattr(request, "session"):
        request.session.pop(MARK, None)


def user_in_session(session_key: str, *, host: str) -> User | None:
    """Whoever the session of that key is signed in as on this host. Two queries."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    mark = request.session.get(MARK)
    if mark and mark != host.partition(":")[0]:
        return None
    return user if isinstance(user, User) else None


def _host(request: HttpRequest) -> str:
    return request.get_host().partition(":")[0]


def _user(request: HttpRequest) -> Any:
    """Looks at the session only when a page asks who it is."""
    user = get_user(request)
    is_elsewheres = is_only_reader(request) and request.session[MARK] != _host(request)
    return AnonymousUser() if is_elsewheres else user


class OnlyReaderMiddleware:
    """
    Readers' pages are below outlets; outside of them, and on another host than its own, a
    reader's session is not signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sheet: Any = getattr(request, "sheet", None)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if sheet is None and has_session and is_only_reader(request):
            request.user = AnonymousUser()
        elif sheet is not None and has_session:
            request.user = cast(User, SimpleLazyObject(lambda: _user(request)))
        return self.get_response(request)
