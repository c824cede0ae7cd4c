"""Pages that say why there is nothing at an address."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.fronts.queries import newest_cards
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.render import print_page, respond

NEWEST = 6
RETRY_SECONDS = 5


def missing_page(*, sheet: Sheet) -> ReaderPage:
    head = Head(title=_("Page not found"), robots="noindex")
    shows(keys.newest(keys.outlet(sheet.id)))
    context = {"cards": newest_cards(sheet=sheet, most=NEWEST)}
    return ReaderPage(sheet, "error", "outlets/errors/404.html", head, context, status=404)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's 404: on an outlet its own page, elsewhere a plain one."""
    sheet: Sheet | None = getattr(request, "sheet", None)
    if sheet is not None:
        asking = Asking(sheet, timezone.now())
        return respond(print_page(missing_page(sheet=sheet), asking=asking))
    return _bare("outlets/errors/404_bare.html", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare("outlets/errors/403.html", 403)


def failed(request: HttpRequest) -> HttpResponse:
    """
    Django's 500: needs nothing that could be broken too. Called while the error is handled.

    A database that is away is no error of ours: it is waited for.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _bare("outlets/errors/500.html", 500)
    response = _bare("outlets/errors/503.html", 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _bare(template: str, status: int) -> HttpResponse:
    response = HttpResponse(render(template, {}), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
