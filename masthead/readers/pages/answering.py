"""What all of readers' own pages have in common."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils import timezone

from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.personal import personal_response
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from masthead.readers.signing_in import reader_of

# Below the outlet only: no scheme, no host, no way up.
_INSIDE = re.compile(r"(?:[A-Za-z0-9_%~-][A-Za-z0-9._%~-]*/?)*\Z")
ACCOUNT = "readers/account/"
_LONGEST = 500


def sheet_of(request: HttpRequest) -> Sheet:
    sheet: Sheet = request.sheet  # type: ignore[attr-defined]
    return sheet


def source_of(request: HttpRequest) -> str:
    """The asking machine's address, as the front door says it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def page(
    request: HttpRequest,
    template: str,
    title: str,
    *,
    status: int = 200,
    with_token: bool = False,
    **context: Any,
) -> HttpResponse:
    """
    A page of one's own in the outlet's look.

    with_token: its forms act for whoever is signed in, so they carry Django's token.
    """
    if with_token:
        context["csrf_token"] = get_token(request)
    head = Head(title=title, robots="noindex")
    made = ReaderPage(
        sheet_of(request), "personal", template, head, {"title": title, **context}, status=status
    )
    return personal_response(made, request=request, at=timezone.now())


def sentence(
    request: HttpRequest, title: str, text: str = "", *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page that says one thing, and where it goes on: `url` below the outlet, `link`."""
    return page(request, "readers/sentence.html", title, status=status, text=text, **more)


def see_other(request: HttpRequest, path: str) -> HttpResponse:
    """To a path below the outlet, as a GET."""
    answer = HttpResponseRedirect(sheet_of(request).url(path))
    answer.status_code = 303
    return answer


def inside(asked: str, *, otherwise: str = ACCOUNT) -> str:
    """A path below the outlet that somebody named, or another one: nobody is sent elsewhere."""
    fits = len(asked) <= _LONGEST and _INSIDE.match(asked) is not None
    return asked if asked and fits else otherwise


def came_from(request: HttpRequest) -> str:
    """The path below the outlet on which the form stood, as far as the browser says it."""
    sheet, came = sheet_of(request), urlsplit(request.headers.get("referer", ""))
    if came.netloc != request.get_host() or not came.path.startswith(f"{sheet.prefix}/"):
        return ""
    return came.path.removeprefix(f"{sheet.prefix}/")[:300]


def for_reader(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the view the reader who is signed in; everybody else is asked to sign in first."""

    @wraps(view)
    def asked(request: HttpRequest, **arguments: Any) -> HttpResponse:
        reader: Reader | None = reader_of(request)
        if reader is None:
            to = request.path_info.lstrip("/") if request.method == "GET" else ACCOUNT
            return see_other(request, f"readers/sign-in/?{urlencode({'to': to})}")
        return view(request, reader, **arguments)

    return asked
