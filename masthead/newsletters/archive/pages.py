"""
An edition as a page, and a newsletter's editions in a list.

An edition's page shows its articles as readers can read them now. What was withdrawn since is not
on it: the page carries the keys of all its articles, and is taken off the shelf when one of them
goes.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from masthead.articles.cards import Card, cards
from masthead.articles.queries import in_outlet
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.core.text import shorten
from masthead.fronts.pages.feeds import feed_links
from masthead.newsletters.addresses import edition_path, newsletter_path
from masthead.newsletters.blocks import Filled, Piece, fill
from masthead.newsletters.models import Edition, Newsletter
from masthead.newsletters.queries import find_newsletter, public_editions
from masthead.outlets.page import Head, PageMissing, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import breadcrumbs, outlet_open_graph

LISTED = 60
MOST_DESCRIBED = 160
# What is shown of an edition once it is history: what is sold or offered was for its day, and what
# was read most then is told by no one any more.
ON_THE_SITE = {"greeting", "article", "articles", "text", "picture", "corrections", "divider"}


def get_newsletter(*, sheet: Sheet, slug: str) -> Newsletter:
    """
    Raises PageMissing, also for what is for members: it has no page that anybody could read. Its
    page goes when its name or editions change.
    """
    newsletter = find_newsletter(outlet_id=sheet.id, slug=slug)
    shows(keys.newsletters(sheet.id))
    if newsletter is None or newsletter.for_members:
        raise PageMissing
    shows(keys.newsletter(newsletter.pk))
    return newsletter


def archive_page(*, sheet: Sheet, slug: str) -> ReaderPage:
    """Two queries."""
    newsletter = get_newsletter(sheet=sheet, slug=slug)
    path = newsletter_path(newsletter)
    editions = [
        {
            "url": sheet.url(edition_path(each)),
            "subject": each.subject,
            "preheader": each.preheader,
            "at": each.released_at,
        }
        for each in public_editions(newsletter.pk)[:LISTED]
    ]
    head = Head(
        title=newsletter.name,
        description=shorten(newsletter.promise, most=MOST_DESCRIBED),
        canonical=sheet.absolute(path),
        og=outlet_open_graph(sheet),
        json_ld=[breadcrumbs(sheet, [*_above(), (newsletter.name, path)])],
        feeds=feed_links(sheet, path=path, name=newsletter.name),
    )
    context = {
        "newsletter": newsletter,
        "editions": editions,
        "join_url": _join_url(newsletter, sheet),
        "feeds": head.feeds,
    }
    return ReaderPage(sheet, "newsletter", "newsletters/archive.html", head, context)


def edition_page(*, sheet: Sheet, slug: str, public_id: UUID) -> ReaderPage:
    """
    Only of an edition that was sent; the same number of queries for one article and for ten.

    Raises PageMissing.
    """
    newsletter = get_newsletter(sheet=sheet, slug=slug)
    edition = public_editions(newsletter.pk).filter(public_id=public_id).first()
    if edition is None or edition.released_at is None:
        raise PageMissing
    path = edition_path(edition)
    head = Head(
        title=edition.subject,
        description=shorten(edition.preheader or newsletter.promise, most=MOST_DESCRIBED),
        canonical=sheet.absolute(path),
        og=outlet_open_graph(sheet),
        json_ld=[
            breadcrumbs(
                sheet,
                [
                    *_above(),
                    (newsletter.name, newsletter_path(newsletter)),
                    (edition.subject, path),
                ],
            )
        ],
        feeds=feed_links(sheet, path=newsletter_path(newsletter), name=newsletter.name),
    )
    pieces = shown_pieces(edition, sheet=sheet)
    context = {
        "newsletter": newsletter,
        "newsletter_url": sheet.url(newsletter_path(newsletter)),
        "edition": edition,
        "pieces": pieces,
        "is_named_after_first": is_named_after_first(edition, pieces),
        "join_url": _join_url(newsletter, sheet),
    }
    return ReaderPage(sheet, "edition", "newsletters/edition.html", head, context)


def is_named_after_first(edition: Edition, pieces: list[dict[str, Any]]) -> bool:
    """Whether its subject is the headline of its first article, as when nobody wrote another."""
    first = next((card for each in pieces for card in each["cards"]), None)
    return first is not None and str(first.headline).strip() == edition.subject.strip()


def shown_pieces(edition: Edition, *, sheet: Sheet) -> list[dict[str, Any]]:
    """Its blocks with the cards of their articles."""
    filled = fill(edition, sheet=sheet, at=edition.released_at or edition.made_at)
    found = _cards(filled, sheet)
    return [
        {"piece": piece, "cards": [found[each.article_id] for each in piece.stories]}
        for piece in filled.pieces
        if _is_shown(piece)
    ]


def _is_shown(piece: Piece) -> bool:
    return piece.kind in ON_THE_SITE and not piece.is_advertising


def _cards(filled: Filled, sheet: Sheet) -> dict[int, Card]:
    ids = {story.article_id for piece in filled.pieces for story in piece.stories}
    return {
        card.id: card for card in cards(in_outlet(sheet.id).filter(article__in=ids), sheet=sheet)
    }


def _above() -> list[tuple[str, str]]:
    return [(_("Newsletters"), "newsletters/")]


def _join_url(newsletter: Newsletter, sheet: Sheet) -> str:
    """Empty where nobody can join."""
    is_open = newsletter.offered and newsletter.closed_at is None
    return sheet.url("newsletters/") if is_open else ""
