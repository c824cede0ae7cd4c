"""Pages that say why there is nothing at an address."""

import hashlib
import sys
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.articles.cards import Card, cards
from masthead.articles.models import PublishedArticle
from masthead.articles.queries import in_section
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.fronts.queries import newest_cards
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.queries import sheets
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.headers import cache_control
from masthead.press.render import Printed, print_page, respond

NEWEST = 6
FEWEST = 3  # a row; a section with less to offer leaves the place to the whole title
# Its one style is ours, and there is no word of anybody else's on it.
BARE_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
RETRY_SECONDS = 5


def missing_page(*, sheet: Sheet) -> ReaderPage:
    head = Head(title=_("Page not found"), robots="noindex")
    shows(keys.newest(keys.outlet(sheet.id)))
    context = {"cards": newest_cards(sheet=sheet, most=NEWEST)}
    return ReaderPage(sheet, "error", "outlets/errors/404.html", head, context, status=404)


def withdrawn_page(*, sheet: Sheet, published: PublishedArticle) -> ReaderPage:
    """Says that and why the article was withdrawn, not what it said, and what to read instead."""
    shows(keys.article(published.article_id))
    title, found = _instead_of(published, sheet)
    head = Head(title=_("This article was withdrawn"), robots="noindex")
    context = {
        "reason": published.article.withdrawn_reason,
        "withdrawn_at": published.withdrawn_at,
        "current_section": sheet.find_section(section_id=published.section_id),
        "more_title": title,
        "cards": found,
    }
    return ReaderPage(sheet, "error", "outlets/errors/410.html", head, context, status=410)


def _instead_of(published: PublishedArticle, sheet: Sheet) -> tuple[str, list[Card]]:
    """The newest of its section, or of the title. One query, or two."""
    section = sheet.find_section(section_id=published.top_section_id)
    if section is not None:
        shows(keys.newest(keys.section(section.id)))
        newest = in_section(section.id, is_top=True).filter(sponsor_name="")
        found = cards(newest[:NEWEST], sheet=sheet)
        if len(found) >= FEWEST:
            return _("More from %(section)s") % {"section": section.name}, found
    shows(keys.newest(keys.outlet(sheet.id)))
    return _("Latest"), newest_cards(sheet=sheet, most=NEWEST)


def missing_outside(asking: Asking) -> Printed:
    """
    On the network's own host there is nothing at an address outside of every outlet.

    asking.sheet: the first outlet's, in whose language it is; nothing else is shown.
    """
    body = render("outlets/errors/404_bare.html", {}).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": asking.sheet.language,
        "Content-Security-Policy": BARE_PAGE_POLICY,
        "Cache-Control": cache_control(asking.variant),
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    }
    return Printed(body, headers, 404)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's 404: on an outlet its own page, elsewhere a plain one that names the titles."""
    sheet: Sheet | None = getattr(request, "sheet", None)
    if sheet is not None:
        asking = Asking(sheet, timezone.now())
        return respond(print_page(missing_page(sheet=sheet), asking=asking))
    return _bare("outlets/errors/404_bare.html", 404, **_network())


def _network() -> dict[str, Any]:
    """Name and titles of the network, where the database can be asked."""
    try:
        titles = sheets()
    except DatabaseError:
        return {}
    return {"network_name": titles[0].network_name, "titles": titles} if titles else {}


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


def _bare(template: str, status: int, **context: Any) -> HttpResponse:
    response = HttpResponse(render(template, context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
