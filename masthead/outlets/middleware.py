"""Which outlet is being asked: by its own domain, or by the first part of the path."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.request import split_domain_port
from django.urls import set_script_prefix
from django.utils import timezone, translation
from django.utils.encoding import escape_uri_path, iri_to_uri

from masthead.outlets.models.addressed import RESERVED
from masthead.outlets.queries import (
    find_moved_url,
    find_sheet,
    find_sheet_by_host,
    find_slug_today,
)
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet

# Kept no longer than a page: an address may come back, and a browser that remembers both ways for
# ever goes in circles.
KEPT = "public, max-age=10, s-maxage=60"


class OutletMiddleware:
    """
    Sets `request.sheet` and the outlet's address table for readers' pages.

    On the network's own hosts /courier/port/ is the path form of an outlet's /port/. Addresses
    that were left lead to where they are now, whatever stood there: pages, lists, feeds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:  # no address has one, and PostgreSQL takes none
            return HttpResponse(status=400)
        host = split_domain_port(request.get_host())[0]
        first = request.path_info.lstrip("/").partition("/")[0]
        request.sheet = None  # type: ignore[attr-defined]
        if host in settings.NETWORK_HOSTS:
            sheet = find_sheet(slug=first) if first and first not in RESERVED else None
            if sheet is None and first and first not in RESERVED:
                today = find_slug_today(former=first)
                if today is not None:
                    rest = request.path_info.lstrip("/").partition("/")[2]
                    return _moved(request, f"/{today}/{escape_uri_path(rest)}")
        else:
            sheet = find_sheet_by_host(host)
            if sheet is None:
                page = render("outlets/errors/421.html", {"home": f"{settings.NETWORK_URL}/"})
                return HttpResponse(page, status=421)
            if first == "desk":  # one desk, on the network's own address
                return HttpResponseRedirect(f"{settings.NETWORK_URL}/desk/")
        if sheet is None or first in RESERVED:
            if "%00" in request.META.get("QUERY_STRING", ""):  # Wagtail's lists pass it on
                return HttpResponse(status=400)
            return self.get_response(request)
        return self._read(request, sheet)

    def _read(self, request: HttpRequest, sheet: Sheet) -> HttpResponse:
        request.sheet = sheet  # type: ignore[attr-defined]
        request.urlconf = "masthead.conf.outlet_urls"
        request.path_info = request.path_info.removeprefix(sheet.prefix) or "/"
        set_script_prefix(sheet.prefix + "/")
        try:
            with (
                translation.override(sheet.language),
                timezone.override(zoneinfo.ZoneInfo(sheet.timezone)),
            ):
                response = self.get_response(request)
        finally:
            set_script_prefix("/")
        if response.status_code == 404:
            moved = find_moved_url(sheet=sheet, path=request.path_info.lstrip("/"))
            if moved is not None:
                return _moved(request, escape_uri_path(moved))
        return response


def _moved(request: HttpRequest, address: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    answer = HttpResponsePermanentRedirect(f"{address}?{iri_to_uri(query)}" if query else address)
    answer["Cache-Control"] = KEPT
    return answer
