"""oEmbed for our own articles."""

import json

from masthead.outlets.page import PageMissing
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer, reader_view
from masthead.press.render import Printed
from masthead.syndication.answers import open_to_scripts
from masthead.syndication.oembed import as_xml, card, find_own

ROOM = 4_000  # px, when the asker names no limit


@reader_view(params=("url", "format", "maxwidth", "maxheight"), on_shelf=False)
def oembed(asking: Asking) -> Printed:
    """
    ?url= of an article, ?format=json or xml, ?maxwidth=, ?maxheight=.

    404 for an address that is no live article here, 501 for another format (both by the standard).
    """
    sheet = asking.sheet
    form = asking.params.get("format", "json")
    if form not in {"json", "xml"}:
        return Printed(b"", {"Content-Type": "text/plain; charset=utf-8"}, 501)
    article = find_own(asking.params.get("url", ""), sheet=sheet)
    if article is None:
        raise PageMissing
    fields = card(
        article,
        sheet=sheet,
        most_width=_room(asking, "maxwidth"),
        most_height=_room(asking, "maxheight"),
    )
    if form == "xml":
        body, mime = as_xml(fields).encode(), "text/xml"
    else:
        body, mime = json.dumps(fields, ensure_ascii=False).encode(), "application/json"
    return open_to_scripts(machine_answer(body, mime=mime, asking=asking))


def _room(asking: Asking, name: str) -> int:
    asked = asking.params.get(name, "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 6
    return min(int(asked) or ROOM, ROOM) if is_number else ROOM
