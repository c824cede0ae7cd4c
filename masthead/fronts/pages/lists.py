"""What section, topic, author and month have in common: a list of articles, newest first."""

from typing import Any

from masthead.articles.cards import Card, cards
from masthead.articles.queries import Listing, Place
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.core.text import shorten
from masthead.fronts.pages.feeds import feed_links
from masthead.fronts.queries import by_day, newest_cards
from masthead.outlets.page import Head, PageMissing, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import breadcrumbs, collection, outlet_open_graph

WITH_FEEDS = {"section", "topic", "author"}
INSTEAD = 5  # articles below an empty list
MOST_DESCRIBED = 160  # characters; about what search engines show


def list_page(
    *,
    sheet: Sheet,
    kind: str,
    path: str,
    name: str,
    description: str,
    found: Listing,
    context: dict[str, Any],
    trail: list[tuple[str, str]],
    is_first: bool,
    extra_json_ld: list[dict[str, Any]] | None = None,
) -> ReaderPage:
    """description: empty for one made of the list's headlines."""
    shown = cards(found.articles, sheet=sheet)
    older = f"{sheet.url(path)}?before={found.older}" if found.older else ""
    newer = f"{sheet.url(path)}?after={found.newer}" if found.newer else ""
    page_of_list = "" if is_first or not found.articles else f"?before={_above(found)}"
    head = Head(
        title=name,
        description=description or _described(sheet, name, shown),
        canonical=sheet.absolute(path + page_of_list),
        robots="max-image-preview:large" if is_first else "noindex, follow",
        og=outlet_open_graph(sheet, kind="profile" if kind == "author" else "website"),
        json_ld=[
            *(extra_json_ld or [collection(sheet, name=name, path=path, cards=shown)]),
            breadcrumbs(sheet, trail),
        ],
        feeds=feed_links(sheet, path=path, name=name) if kind in WITH_FEEDS else [],
        next_url=older,
        prev_url=newer,
    )
    days = by_day(shown, zone=context.pop("zone")) if "zone" in context else None
    return ReaderPage(
        sheet,
        kind,
        f"fronts/{kind}.html",
        head,
        {
            **context,
            "cards": shown,
            "days": days,
            "older_url": older,
            "newer_url": newer,
            "is_first": is_first,
            "instead": _instead(sheet) if is_first and not shown else [],
        },
    )


def show_list(*lists: str, found: Listing, is_first: bool) -> None:
    """
    Keys of one page of a list. Every new article changes the first page; those further down
    change when something comes or goes next to an article that they show.
    """
    if is_first or not found.articles:
        shows(*(keys.newest(each) for each in lists))
    if not is_first:
        shows(*(keys.row(of, each.article_id) for of in lists for each in found.articles))


def not_empty(found: Listing) -> None:
    """Raises PageMissing for a list without articles."""
    if not found.articles:
        raise PageMissing


def _instead(sheet: Sheet) -> list[Card]:
    """What to read where a list has nothing: the title's newest. One query."""
    shows(keys.newest(keys.outlet(sheet.id)))
    return newest_cards(sheet=sheet, most=INSTEAD)


def _described(sheet: Sheet, name: str, shown: list[Card]) -> str:
    """The name and what is newest below it, paid articles left out."""
    headlines = " · ".join(card.headline for card in shown if not card.sponsor)
    words = f"{name} – {sheet.name}"
    return shorten(f"{words}: {headlines}" if headlines else words, most=MOST_DESCRIBED)


def _above(found: Listing) -> Place:
    """The place just above a list page's first row, which names the page for good."""
    first = found.articles[0]
    return Place(first.published_at, first.pk + 1)
