"""Readers' addresses: find the page, print it, send it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from masthead.articles.models import Access
from masthead.articles.pages import article_page
from masthead.articles.queries import Place, find_published
from masthead.fronts import pages as fronts
from masthead.outlets.page import PageMissing, PageMoved, ReaderPage
from masthead.outlets.plain_pages import plain_page
from masthead.outlets.queries import find_moved, sheets
from masthead.outlets.sheet import Sheet
from masthead.press.errors import missing_page
from masthead.press.network import network_page
from masthead.press.render import SHARED, print_page, respond
from masthead.readers.models import Benefit
from masthead.readers.queries import benefits_of


def reader_view(
    build: Callable[..., ReaderPage],
) -> Callable[..., HttpResponse]:
    """A view over a page builder: 404 and redirects as pages, one anonymous render."""

    @require_safe
    @wraps(build)
    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        sheet: Sheet = request.sheet  # type: ignore[attr-defined]
        now = timezone.now()
        try:
            page = build(request, sheet, now, **arguments)
        except PageMoved as moved:
            # Kept no longer than a page: an address may come back, and a browser that remembers
            # both ways for ever goes in circles.
            return HttpResponsePermanentRedirect(moved.url, headers={"Cache-Control": SHARED})
        except PageMissing:
            page = missing_page(sheet=sheet)
        printed = print_page(page, at=now)
        return unchanged(request, respond(printed, shared=not _is_personal(page)))

    return view


def unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A short 304 for somebody who has this very page already, else the response as it is."""
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer is None or answer is response:
        return response
    # Left out, it would be the desk's, and the stored page would go by that one.
    answer["Content-Security-Policy"] = response["Content-Security-Policy"]
    return answer


def _is_personal(page: ReaderPage) -> bool:
    """A members' article in full is for whoever asked, not for a shared cache."""
    article = page.context.get("article") or {}
    return article.get("access") == Access.MEMBERS and not article["is_gated"]


def _places(request: HttpRequest) -> dict[str, Place | None]:
    return {name: Place.read(request.GET.get(name, "")) for name in ("before", "after")}


@reader_view
def front(request: HttpRequest, sheet: Sheet, now: datetime) -> ReaderPage:
    return fronts.front_page(sheet=sheet, at=now)


@reader_view
def topic(request: HttpRequest, sheet: Sheet, now: datetime, slug: str) -> ReaderPage:
    return fronts.topic_page(sheet=sheet, slug=slug, **_places(request))


@reader_view
def author(request: HttpRequest, sheet: Sheet, now: datetime, slug: str) -> ReaderPage:
    return fronts.author_page(sheet=sheet, slug=slug, **_places(request))


@reader_view
def archive(request: HttpRequest, sheet: Sheet, now: datetime) -> ReaderPage:
    return fronts.archive_page(sheet=sheet)


@reader_view
def feeds(request: HttpRequest, sheet: Sheet, now: datetime) -> ReaderPage:
    return fronts.feeds_page(sheet=sheet)


@reader_view
def month(request: HttpRequest, sheet: Sheet, now: datetime, year: int, month: int) -> ReaderPage:
    return fronts.month_page(sheet=sheet, year=year, month=month, **_places(request))


@reader_view
def page_at(request: HttpRequest, sheet: Sheet, now: datetime, path: str) -> ReaderPage:
    """A section, a plain page, an article, or where one of them went."""
    section = sheet.find_section_at(path)
    if section is not None:
        return fronts.section_page(sheet=sheet, section=section, **_places(request))
    plain = sheet.find_page_at(path)
    if plain is not None:
        return plain_page(sheet=sheet, page=plain)
    published = find_published(outlet_id=sheet.id, path=path)
    if published is not None:
        return article_page(
            sheet=sheet,
            published=published,
            may_read_all=published.access == Access.OPEN or _is_member(request, now),
        )
    moved = find_moved(sheet=sheet, path=path)
    if moved is not None:
        raise PageMoved(sheet.url(moved))
    raise PageMissing


def _is_member(request: HttpRequest, now: datetime) -> bool:
    return Benefit.MEMBERS_ARTICLES in benefits_of(user=request.user, at=now)


@require_safe
def network_robots(request: HttpRequest) -> HttpResponse:
    """On the network's own host: the desk is nobody's to crawl; each outlet has its sitemap."""
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /account/", ""]
    lines += [f"Sitemap: {sheet.absolute('sitemap.xml')}" for sheet in sheets()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """The network's own front: its outlets and what is new in each. A lone outlet is it."""
    known = sheets()
    if not known:
        return HttpResponseRedirect("/desk/")
    if len(known) == 1:
        return HttpResponseRedirect(known[0].url())
    first = known[0]
    with translation.override(first.language), timezone.override(first.timezone):
        printed = print_page(network_page(known), at=timezone.now())
    return unchanged(request, respond(printed, shared=True))
