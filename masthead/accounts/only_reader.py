"""
Sessions of readers: good for readers' pages, nobody's at the desk.

A code from one's mailbox opens an account as a reader. The desk and what guards it want more, so
there such a session counts for nothing, whoever's it is.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

MARK = "masthead_only_reader"


def mark_as_reader(request: HttpRequest) -> None:
    """Call after signing the reader in."""
    request.session[MARK] = True


def is_only_reader(request: HttpRequest) -> bool:
    return bool(request.session.get(MARK))


def forget_mark(*, request: HttpRequest | None, **_signal: object) -> None:
    """Whoever signs in by the desk's own door in the same browser is a reader no longer only."""
    if request is not None and hasattr(request, "session"):
        request.session.pop(MARK, None)


class OnlyReaderMiddleware:
    """Readers' pages are below outlets; outside of them a reader's session is not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sheet: Any = getattr(request, "sheet", None)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if sheet is None and has_session and is_only_reader(request):
            request.user = AnonymousUser()
        return self.get_response(request)
