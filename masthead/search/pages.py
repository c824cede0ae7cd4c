"""The results page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from masthead.articles.cards import Card, cards
from masthead.articles.models import Kind, ListedAuthor
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.search.extracts import extract
from masthead.search.limits import room
from masthead.search.models import SearchEntry
from masthead.search.queries import (
    MOST_MATCHES,
    PAGE_SIZE,
    Found,
    best_page,
    find_matches,
    newest_page,
)
from masthead.search.searching import Search, Sought, seek
from masthead.search.spelling import find_meant

MOST_AUTHORS = 12
NOINDEX = "noindex, follow"
TEMPLATE = "search/results.html"


def search_page(*, sheet: Sheet, search: Search, is_busy: bool = False) -> ReaderPage:
    """
    Works for any search; an empty one shows the search box alone.

    is_busy: say that there is no room for it now. Asks for no row then: it is what many get when
    there is much to do. Raises SearchBusy when there is none, or when the search took too long.
    """
    context: dict[str, Any] = {**form(sheet, search), "is_busy": is_busy}
    if not (search.is_empty or is_busy):
        with room.turn():
            context |= results(search, sheets=[sheet], here=sheet)
    words = search.query.text
    title = _("Search: %(words)s") % {"words": words} if words else _("Search")
    head = Head(title=title, robots=NOINDEX)
    return ReaderPage(sheet, "search", TEMPLATE, head, context, status=503 if is_busy else 200)


def form(sheet: Sheet, search: Search) -> dict[str, Any]:
    """What the filters offer that the sheet alone knows."""
    return {
        "search": search,
        "sections": [(each.path.rstrip("/"), each.name) for each in sheet.sections],
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "search_url": sheet.url("search/"),
        "suggest_url": sheet.url("search/suggest.json"),
        "elsewhere_url": _elsewhere(sheet, search),
        "script_url": static("masthead/search/suggest.mjs"),
        "clear_url": sheet.url(Search(query=search.query, is_best=search.is_best).address),
        "newest_url": sheet.url(replace(search.on_page(), is_best=False).address),
        "best_url": sheet.url(replace(search.on_page(), is_best=True).address),
    }


def _elsewhere(sheet: Sheet, search: Search) -> str:
    """The same words in all titles of the network."""
    words = Search(query=search.query)
    return f"{sheet.network_base}/{words.address}" if sheet.sisters else ""


def results(search: Search, *, sheets: list[Sheet], here: Sheet) -> dict[str, Any]:
    """What was found in these outlets, as the template shows it. here: where the page is."""
    sought = seek(search, sheets=sheets)
    found = _find(sought)
    shown = _cards(found.entries, sheets)
    stems = sought.asked.stems if sought.asked else set()
    meant = None if found.entries else _meant(sought, sheets)
    return {
        "found": [
            {
                "card": card,
                "outlet": sheet,
                "extract_html": extract(entry.body, stems, language=entry.language)
                or card.standfirst,
            }
            for entry, (card, sheet) in zip(found.entries, shown, strict=True)
        ],
        "count_text": _count_text(found, search),
        "authors": _authors(found, sought),
        "meant": meant,
        "meant_url": here.url(meant.address) if meant else "",
        **_neighbours(found, search, here),
    }


def _find(sought: Sought) -> Found:
    if sought.asked is None:
        return Found([], 0)
    search = sought.search
    if search.is_best:
        return best_page(sought.asked, number=search.page)
    return newest_page(sought.asked, before=search.before, after=search.after)


def _cards(entries: Sequence[SearchEntry], sheets: list[Sheet]) -> list[tuple[Card, Sheet]]:
    """Each with the outlet it is of, in the order given."""
    by_outlet: dict[int, tuple[Card, Sheet]] = {}
    for sheet in sheets:
        mine = [each for each in entries if each.outlet_id == sheet.id]
        made = cards([each.published for each in mine], sheet=sheet)
        by_outlet |= {each.pk: (card, sheet) for each, card in zip(mine, made, strict=True)}
    return [by_outlet[each.pk] for each in entries]


def _count_text(found: Found, search: Search) -> str:
    if found.number is None:
        return ""
    if found.number >= MOST_MATCHES:
        if search.is_best:
            return _("The best of the newest %(count)d articles") % {"count": found.number}
        return _("%(count)d articles or more") % {"count": found.number}
    said = ngettext("%(count)d article", "%(count)d articles", found.number)
    return said % {"count": found.number}


def _authors(found: Found, sought: Sought) -> list[tuple[str, str]]:
    """Who wrote what was found, most first; whoever is asked for in any case. One query."""
    entries = SearchEntry.objects.filter(pk__in=found.ids).values("published")
    rows = (
        ListedAuthor.objects.filter(published__in=entries)
        .values("author__slug", "author__name")
        .annotate(often=Count("pk"))
        .order_by("-often", "author__name", "author__slug")
    )[:MOST_AUTHORS]
    names = {row["author__slug"]: row["author__name"] for row in (rows if found.ids else ())}
    if sought.author is not None:
        names.setdefault(sought.author.slug, sought.author.name)
    return list(names.items())


def _neighbours(found: Found, search: Search, sheet: Sheet) -> dict[str, str]:
    if not search.is_best:
        older, newer = found.older, found.newer
        return {
            "older_url": sheet.url(search.on_page(before=older).address) if older else "",
            "newer_url": sheet.url(search.on_page(after=newer).address) if newer else "",
        }
    has_next = search.page * PAGE_SIZE < (found.number or 0)
    after, before = search.page + 1, search.page - 1
    return {
        "older_url": sheet.url(search.on_page(page=after).address) if has_next else "",
        "newer_url": sheet.url(search.on_page(page=before).address) if before else "",
    }


def _meant(sought: Sought, sheets: list[Sheet]) -> Search | None:
    """The search that was meant, when it finds something live."""
    if sought.asked is None:
        return None
    search = sought.search
    outlet_ids = sought.asked.outlet_ids
    better = find_meant(search.query, language=sheets[0].language, outlet_ids=outlet_ids)
    if better == search.query:
        return None
    meant = Search(query=better)
    asked = seek(meant, sheets=sheets).asked
    return meant if asked and find_matches(asked, most=1) else None
