"""A readers' address: a page builder that can be printed for the shelf, and asked directly."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import update_wrapper
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from masthead.changes import keys
from masthead.changes.shown import collecting, shows
from masthead.outlets.page import PageMissing, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.cookie import variant_of
from masthead.press.errors import missing_page
from masthead.press.headers import cache_control
from masthead.press.render import Printed, print_page, respond

Builder = Callable[..., ReaderPage | Printed]
IsLinked = Callable[[str, str, Sheet], bool]


class ReaderView:
    """
    build: from an `Asking` and the address's parts to a page. Raises PageMissing.
    params: names of the query's parameters that it heeds, in the order of its address.
    on_shelf: False for answers to what one person typed; they are printed each time.
    is_linked: whether a page of ours links to that value of that parameter; None: as lists of
    articles do.
    """

    def __init__(
        self,
        build: Builder,
        *,
        params: tuple[str, ...],
        on_shelf: bool,
        is_linked: IsLinked | None = None,
    ) -> None:
        self.build = build
        self.params = params
        self.on_shelf = on_shelf
        self.is_linked = is_linked
        update_wrapper(self, build)

    def print(self, asking: Asking, **arguments: Any) -> Printed:
        """
        The finished page with the keys of everything it shows. Raises PageMissing.

        The outlet's language and time zone must be in force.
        """
        with collecting() as shown:
            shows(keys.outlet(asking.sheet.id))
            made = self.build(asking, **arguments)
            printed = made if isinstance(made, Printed) else print_page(made, asking=asking)
        return replace(
            printed,
            keys=frozenset(shown.keys | printed.keys),
            fresh_until=shown.fresh_until,
            for_all=not shown.asked_class,
        )

    def __call__(self, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return self.refused(request)
        asking = self.asking(request)
        try:
            printed = self.print(asking, **arguments)
        except PageMissing as nothing:
            printed = self.missing(asking, nothing)
        return unchanged(request, respond(printed))

    def refused(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to any other method than GET and HEAD."""
        return HttpResponseNotAllowed(["GET", "HEAD"])

    def missing(self, asking: Asking, nothing: PageMissing) -> Printed:
        """The answer where there is no page."""
        return print_page(missing_page(sheet=asking.sheet), asking=asking)

    def asking(self, request: HttpRequest) -> Asking:
        sheet: Sheet = request.sheet  # type: ignore[attr-defined]
        given = {name: request.GET.get(name, "") for name in self.params}
        params = {name: value for name, value in given.items() if value}
        now = timezone.now()
        return Asking(sheet, now, variant_of(request, at=now), params)


def reader_view(
    *, params: tuple[str, ...] = (), on_shelf: bool = True
) -> Callable[[Builder], ReaderView]:
    """Make a page builder a view (see `ReaderView`)."""
    return lambda build: ReaderView(build, params=params, on_shelf=on_shelf)


def machine_answer(
    body: bytes, *, mime: str, asking: Asking, changed_at: datetime | None = None
) -> Printed:
    """What programs read: a feed, a sitemap. The ETag is the body's own hash, so a withdrawal
    shows although it makes nothing newer."""
    headers = {
        "Content-Type": f"{mime}; charset=utf-8",
        "Cache-Control": cache_control(asking.variant),
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    }
    if changed_at is not None:
        headers["Last-Modified"] = http_date(int(changed_at.timestamp()))
    return Printed(body, headers, 200)


def unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """A short 304 for somebody who has this very page already, else the response as it is."""
    if "ETag" not in response.headers:
        return response
    stamp = response.headers.get("Last-Modified")
    answer = get_conditional_response(
        request,
        etag=response["ETag"],
        last_modified=parse_http_date_safe(stamp) if stamp else None,
        response=response,
    )
    if answer is None or answer is response:
        return response
    if "Content-Security-Policy" in response.headers:
        # Left out, it would be the desk's, and the stored page would go by that one.
        answer["Content-Security-Policy"] = response["Content-Security-Policy"]
    return answer
