"""The results page."""

import unicodedata
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
from masthead.search.models import SearchEntry
from masthead.search.queries import MOST_MATCHES, search_articles
from masthead.search.query import SearchQuery, read_query

EXTRACT_WORDS = 28


def search_page(
    *, sheet: Sheet, typed: str, before: Place | None, after: Place | None
) -> ReaderPage:
    """Works for any input; an empty one shows the search box alone."""
    typed = " ".join(typed.split())[:120]
    query = read_query(typed)
    found, count = search_articles(query, outlet_id=sheet.id, before=before, after=after)
    shown = cards(found.articles, sheet=sheet)
    context = {
        "query": typed,
        "cards": shown,
        "extracts": _extracts(shown, [row.pk for row in found.articles], query),
        "count_text": _count_text(count),
        "older_url": _link(sheet, typed, "before", found.older),
        "newer_url": _link(sheet, typed, "after", found.newer),
    }
    title = _("Search: %(words)s") % {"words": typed} if typed else _("Search")
    head = Head(title=title, robots="noindex, follow")
    return ReaderPage(sheet, "search", "search/results.html", head, context)


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
