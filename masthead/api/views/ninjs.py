"""For partners: articles as ninjs. Each answer is one partner's and is kept nowhere."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from masthead.api.actions import note_use
from masthead.api.admission import Admitted, NoKey, NotTheirs, admit
from masthead.api.answers import JSON
from masthead.api.problems import MIME, problem_body
from masthead.api.queries import before_place, find_by_public_id, newest_releases_on
from masthead.api.wire import items_of
from masthead.articles.queries import PAGE_SIZE, Place

ALLOWED = "GET, HEAD"
PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Authorization"}
View = Callable[..., HttpResponse]


def for_partners(view: View) -> View:
    """Only whoever has a key for this outlet; says why not as problem details."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            detail = _("This API is only read: ask with GET or HEAD.")
            return refusal(HTTPStatus.METHOD_NOT_ALLOWED, detail, Allow=ALLOWED)
        now = timezone.now()
        try:
            admitted = admit(request, sheet=request.sheet, at=now)  # type: ignore[attr-defined]
        except NoKey as unknown:
            challenge = {"WWW-Authenticate": "Bearer"}
            return refusal(HTTPStatus.UNAUTHORIZED, str(unknown), **challenge)
        except NotTheirs as theirs:
            return refusal(HTTPStatus.FORBIDDEN, str(theirs))
        note_use(partner=admitted.partner, at=now)
        return view(request, admitted, **arguments)

    return guarded


@for_partners
def wire(request: HttpRequest, admitted: Admitted) -> HttpResponse:
    """What was released, newest first, each article once; withdrawn ones as canceled."""
    sheet = admitted.sheet
    place = Place.read(request.GET.get("before", ""))
    releases = list(before_place(newest_releases_on(sheet.id), place)[: PAGE_SIZE + 1])
    shown = releases[:PAGE_SIZE]
    more = Place(shown[-1].at, shown[-1].pk) if len(releases) > PAGE_SIZE else None
    items = items_of([each.article_id for each in shown], sheet=sheet)
    older = admitted.link("articles", before=more) if more else None
    return _answer({"items": items, "next": older})


@for_partners
def wire_item(request: HttpRequest, admitted: Admitted, public_id: UUID) -> HttpResponse:
    sheet = admitted.sheet
    row = find_by_public_id(outlet_id=sheet.id, public_id=public_id)
    if row is None:
        return refusal(HTTPStatus.NOT_FOUND, _("This outlet has no article with that id."))
    return _answer(items_of([row.article_id], sheet=sheet)[0])


def refusal(status: HTTPStatus, detail: str, **headers: str) -> HttpResponse:
    return HttpResponse(
        problem_body(status, detail),
        content_type=MIME,
        status=status.value,
        headers={**PRIVATE, **headers},
    )


def _answer(data: Any) -> HttpResponse:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type=JSON, headers=PRIVATE)
