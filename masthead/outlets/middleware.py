"""Which outlet is being asked: by its own domain, or by the first part of the path."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port
from django.urls import set_script_prefix
from django.utils import timezone, translation

from masthead.outlets.models.addressed import RESERVED
from masthead.outlets.queries import find_sheet, find_sheet_by_host
from masthead.outlets.sheet import Sheet


class OutletMiddleware:
    """
    Sets `request.sheet` and the outlet's address table for readers' pages.

    On the network's own hosts /courier/port/ is the path form of an outlet's /port/.
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
        else:
            sheet = find_sheet_by_host(host)
            if sheet is None:
                return HttpResponse(
                    "No outlet of this network has that address.\n",
                    status=421,
                    content_type="text/plain; charset=utf-8",
                )
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
                return self.get_response(request)
        finally:
            set_script_prefix("/")
