"""oEmbed for our own articles."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from masthead.outlets.sheet import Sheet
from masthead.syndication.answers import answer, open_to_scripts
from masthead.syndication.oembed import as_xml, card, find_own

ROOM = 4_000  # px, when the asker names no limit


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    """
    ?url= of an article, ?format=json or xml, ?maxwidth=, ?maxheight=.

    404 for an address that is no live article here, 501 for another format (both by the standard).
    """
    sheet: Sheet = request.sheet  # type: ignore[attr-defined]
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return HttpResponse(status=501)
    article = find_own(request.GET.get("url", ""), sheet=sheet)
    if article is None:
        raise Http404
    fields = card(
        article,
        sheet=sheet,
        most_width=_room(request, "maxwidth"),
        most_height=_room(request, "maxheight"),
    )
    if form == "xml":
        return open_to_scripts(answer(request, as_xml(fields).encode(), mime="text/xml"))
    body = json.dumps(fields, ensure_ascii=False).encode()
    return open_to_scripts(answer(request, body, mime="application/json"))


def _room(request: HttpRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 6
    return min(int(asked) or ROOM, ROOM) if is_number else ROOM
