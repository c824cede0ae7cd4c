"""The results page."""

import unicodedata
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from masthead.articles.cards import Card, cards
from masthead.articles.queries import Place
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.search.limits import room
from masthead.search.models import SearchEntry
from masthead.search.queries import MOST_MATCHES, search_articles
from masthead.search.query import SearchQuery, read_query

EXTRACT_WORDS = 28


def search_page(
    *, sheet: Sheet, typed: str, before: Place | None, after: Place | None
) -> ReaderPage:
    """
    Works for any input; one without words shows the search box alone.

    Raises SearchBusy when there is no room for it now, or when it took too long.
    """
    typed = _tidy(typed)
    query = read_query(typed)
    with nullcontext() if query.is_empty else room.turn():
        context = _results(sheet, query, typed, before, after)
    title = _("Search: %(words)s") % {"words": typed} if typed else _("Search")
    head = Head(title=title, robots="noindex, follow")
    return ReaderPage(sheet, "search", "search/results.html", head, context)


def busy_page(*, sheet: Sheet, typed: str) -> ReaderPage:
    """Asks for no row: it is what many get when there is much to do."""
    head = Head(title=_("Search"), robots="noindex, follow")
    context = {"query": _tidy(typed), "is_busy": True}
    return ReaderPage(sheet, "search", "search/results.html", head, context, status=503)


def _tidy(typed: str) -> str:
    return " ".join(typed.split())[:120]


def _results(
    sheet: Sheet, query: SearchQuery, typed: str, before: Place | None, after: Place | None
) -> dict[str, Any]:
    found, count = search_articles(query, outlet_id=sheet.id, before=before, after=after)
    shown = cards(found.articles, sheet=sheet)
    return {
        "query": typed,
        "cards": shown,
        "extracts": _extracts(shown, [row.pk for row in found.articles], query),
        "count_text": _count_text(count),
        "older_url": _link(sheet, typed, "before", found.older),
        "newer_url": _link(sheet, typed, "after", found.newer),
    }


def _count_text(count: int) -> str:
    if count >= MOST_MATCHES:
        return _("The newest %(count)d articles") % {"count": count}
    return ngettext("%(count)d article", "%(count)d articles", count) % {"count": count}


def _link(sheet: Sheet, typed: str, name: str, place: Place | None) -> str:
    if place is None:
        return ""
    return f"{sheet.url('search/')}?{urlencode({'q': typed, name: str(place)})}"


def _extracts(shown: list[Card], ids: list[int], query: SearchQuery) -> list[dict[str, Any]]:
    bodies = dict(SearchEntry.objects.filter(published__in=ids).values_list("published_id", "body"))
    words = {word for phrase in query.phrases for word in phrase}
    return [
        {"card": card, "extract_html": extract(bodies.get(row, ""), words) or card.standfirst}
        for card, row in zip(shown, ids, strict=True)
    ]


def extract(text: str, words: set[str]) -> SafeString | None:
    """Some words around the first match, matches marked; None when the text has none."""
    tokens = text.split()
    words = {_bare(word) for word in words}
    hits = [n for n, token in enumerate(tokens) if _bare(token) in words]
    if not hits:
        return None
    start = max(0, hits[0] - EXTRACT_WORDS // 3)
    marked = [
        format_html("<mark>{}</mark>", token) if _bare(token) in words else format_html("{}", token)
        for token in tokens[start : start + EXTRACT_WORDS]
    ]
    joined = " ".join(marked)
    before, after = "… " if start else "", " …" if start + EXTRACT_WORDS < len(tokens) else ""
    return mark_safe(before + joined + after)  # noqa: S308  (each token went through format_html)


def _bare(token: str) -> str:
    """The word alone, without accents, as both indexes compare it."""
    letters = unicodedata.normalize("NFD", token.lower().strip(".,;:!?()[]“”‘’\"'–—"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
