"""What the API's views have in common: JSON printed for the shelf, errors as problem details."""

import json
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from masthead.api.problems import MIME, NothingHere, problem, problem_body
from masthead.outlets.page import PageMissing
from masthead.press.asking import Asking
from masthead.press.reader_view import Builder, IsLinked, ReaderView, machine_answer
from masthead.press.render import Printed

JSON = "application/json"
ALLOWED = "GET, HEAD, OPTIONS"
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}
# Asked by browsers before a script of another site sends If-None-Match.
PREFLIGHT = {
    **OPEN,
    "Allow": ALLOWED,
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Cache-Control": "public, max-age=86400",
}


class ApiView(ReaderView):
    """A reader's address for programs: what is not there is said as JSON too."""

    csrf_exempt = True  # it writes nothing, and says 405 itself

    def print(self, asking: Asking, **arguments: Any) -> Printed:
        return _open(super().print(asking, **arguments))

    def refused(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        detail = _("This API is only read: ask with GET or HEAD.")
        body = problem_body(HTTPStatus.METHOD_NOT_ALLOWED, detail)
        headers = {**OPEN, "Allow": ALLOWED, "Cache-Control": "no-store"}
        return HttpResponse(body, content_type=MIME, status=405, headers=headers)

    def missing(self, asking: Asking, nothing: PageMissing) -> Printed:
        said = str(nothing) if isinstance(nothing, NothingHere) else ""
        detail = said or _("There is nothing at this address.")
        return _open(problem(asking, HTTPStatus.NOT_FOUND, detail))


def api_view(
    *, params: tuple[str, ...] = (), is_linked: IsLinked | None = None, on_shelf: bool = True
) -> Callable[[Builder], ApiView]:
    """Make a builder a view of the API (see `ReaderView`)."""
    return lambda build: ApiView(build, params=params, on_shelf=on_shelf, is_linked=is_linked)


def answer(asking: Asking, data: Any, *, mime: str = JSON) -> Printed:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return machine_answer(body, mime=mime, asking=asking)


def page_of(asking: Asking, items: list[dict[str, Any]], *, next_url: str | None) -> Printed:
    """One page of a list. next_url: of the page after it."""
    return answer(asking, {"items": items, "next": next_url})


def _open(printed: Printed) -> Printed:
    """Public data that scripts on any site may read."""
    return replace(printed, headers={**printed.headers, **OPEN})
