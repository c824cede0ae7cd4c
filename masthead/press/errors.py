"""Pages that say why there is nothing at an address."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.articles.queries import in_outlet
from masthead.fronts.pages import newest
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.render import print_page, respond

NEWEST = 6


def missing_page(*, sheet: Sheet) -> ReaderPage:
    head = Head(title=_("Page not found"), robots="noindex")
    context = {"cards": newest(in_outlet(sheet.id), sheet=sheet, most=NEWEST)}
    return ReaderPage(sheet, "error", "outlets/errors/404.html", head, context, status=404)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's 404: on an outlet its own page, elsewhere a plain one."""
    sheet: Sheet | None = getattr(request, "sheet", None)
    if sheet is not None:
        return respond(print_page(missing_page(sheet=sheet), at=timezone.now()), shared=True)
    return _bare("outlets/errors/404_bare.html", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare("outlets/errors/403.html", 403)


def failed(request: HttpRequest) -> HttpResponse:
    """Django's 500: needs nothing that could be broken too."""
    return _bare("outlets/errors/500.html", 500)


def _bare(template: str, status: int) -> HttpResponse:
    response = HttpResponse(render_to_string(template), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
