"""What is offered as one types: the newest articles whose headlines begin so."""

import json
from typing import Any

from masthead.articles.cards import cards
from masthead.articles.models import PublishedArticle
from masthead.outlets.sheet import Sheet
from masthead.search.entries import folded, outlet_mark
from masthead.search.limits import room, statement_limit
from masthead.search.models import SearchEntry
from masthead.search.queries import index

SHORTEST, LONGEST = 2, 60  # characters
MOST_WORDS = 6
MOST = 6


def begun(typed: str) -> list[str]:
    """The words so far, the last one only begun; none while that is too short to say anything."""
    words = folded(typed[:LONGEST])[:MOST_WORDS]
    return words if words and len(words[-1]) >= SHORTEST else []


def suggest(words: list[str], *, sheet: Sheet) -> list[dict[str, str]]:
    """
    Live articles alone, so nothing is offered that readers could not find. Two queries.

    Raises SearchBusy when there is no room for it now.
    """
    if not words:
        return []
    with room.turn(), statement_limit():
        ids = index().find_heads(words, mark=outlet_mark(sheet.id), most=MOST)
    known = SearchEntry.objects.filter(pk__in=ids).values("published")
    rows = PublishedArticle.objects.filter(pk__in=known).order_by("-published_at", "-id")
    return [{"headline": card.headline, "url": card.url} for card in cards(rows, sheet=sheet)]


def as_json(found: list[dict[str, Any]]) -> bytes:
    return json.dumps({"suggestions": found}, ensure_ascii=False).encode()
