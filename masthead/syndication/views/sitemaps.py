"""Sitemaps, for search engines."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.outlets.sheet import Sheet
from masthead.syndication import sitemaps
from masthead.syndication.answers import answer


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    return _send(request, sitemaps.index(sheet=_sheet(request)))


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponseBase:
    return _send(request, sitemaps.pages(sheet=_sheet(request)))


@require_safe
def sitemap_month(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """?part=2 is the second fifty thousand of a month that has so many."""
    part = request.GET.get("part", "1")
    try:
        begins = datetime(year, month, 1, tzinfo=UTC)
        number = int(part) if len(part) < 4 else 0
    except ValueError as error:
        raise Http404 from error
    if number < 1:
        raise Http404
    return _send(request, sitemaps.month(sheet=_sheet(request), begins=begins, part=number))


@require_safe
def sitemap_news(request: HttpRequest) -> HttpResponseBase:
    return _send(request, sitemaps.news(sheet=_sheet(request), now=timezone.now()))


def _send(request: HttpRequest, written: sitemaps.Written | None) -> HttpResponseBase:
    if written is None:
        raise Http404
    return answer(request, written.body, mime=sitemaps.MIME, changed_at=written.changed_at)


def _sheet(request: HttpRequest) -> Sheet:
    sheet: Sheet = request.sheet  # type: ignore[attr-defined]
    return sheet
