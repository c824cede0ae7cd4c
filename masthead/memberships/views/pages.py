"""Readers' pages that know a person: printed for one answer, kept nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from masthead.memberships.providers.choosing import provider
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.cookie import variant_of
from masthead.press.headers import PRIVATE
from masthead.press.render import print_page, respond


def sheet_of(request: HttpRequest) -> Sheet:
    found: Sheet = request.sheet  # type: ignore[attr-defined]
    return found


def answer(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **shown: Any
) -> HttpResponse:
    """The page in the outlet's look. Its forms may lead to the provider's payment pages."""
    sheet, now = sheet_of(request), timezone.now()
    context = {**shown, "title": title, "csrf_token": get_token(request)}
    page = ReaderPage(
        sheet,
        "membership",
        f"memberships/{template}.html",
        Head(title=title, robots="noindex"),
        context,
        status=status,
    )
    response = respond(print_page(page, asking=Asking(sheet, now, variant_of(request, at=now))))
    response["Cache-Control"] = PRIVATE
    del response["ETag"]
    goes_to = " ".join(["form-action 'self'", *provider().page_origins])
    policy = response["Content-Security-Policy"].replace("form-action 'self'", goes_to)
    response["Content-Security-Policy"] = policy
    return response


def home_of(request: HttpRequest) -> str:
    """The outlet's address by which the reader came, with a slash at the end."""
    return request.build_absolute_uri(sheet_of(request).url())
