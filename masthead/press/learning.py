"""What the shelf has to know of addresses, so that the front door knows what does not exist."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from masthead.articles.models import PublishedArticle
from masthead.changes import keys
from masthead.changes.models import Change
from masthead.changes.queries import newest_number
from masthead.outlets.models import PathMove
from masthead.outlets.sheet import Sheet
from masthead.press import places
from masthead.press.shelf import Address, Shelf
from masthead.press.shelf.addresses import PAGE
from masthead.press.telling import doubt_classes


def learn_addresses(shelf: Shelf) -> None:
    """Every address there is."""
    newest = newest_number()
    known = places.all_sheets()
    shelf.set_hosts(places.hosts(known, complete=False))
    shelf.set_addresses(places.network_host(), places.network_addresses(known))
    for sheet in known:
        shelf.set_addresses(places.host_of(sheet), places.outlet_addresses(sheet))
    shelf.set_hosts(places.hosts(known, complete=True))
    if shelf.applied() == 0 and newest:
        # A new shelf has nothing that earlier changes could make stale.
        shelf.apply_everything(newest, time.time())
        doubt_classes(shelf, at=timezone.now())
        shelf.set_learned(newest)


@dataclass(frozen=True)
class Learned:
    """pages: addresses that were touched; some are new. outlets: whether whole outlets changed."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    outlets: bool = False


def learn_what_changed(shelf: Shelf, changes: Iterable[Change], *, fully: bool) -> Learned:
    """
    The addresses that these changes brought about. May be done again, and by several at once.

    fully: also those of a whole archive, for an outlet that has another address now. Without it
    this takes some milliseconds.
    """
    touched = {key for change in changes for key in (*change.keys, *change.gone)}
    outlets = _ids(touched, "o")
    if keys.EVERYTHING in touched:
        if fully:
            learn_addresses(shelf)
        return Learned(outlets=True)
    known = places.all_sheets()
    if outlets:
        shelf.set_hosts(places.hosts(known, complete=True))
        shelf.set_addresses(places.network_host(), places.network_addresses(known))
    pages = []
    for sheet in known:
        host = places.host_of(sheet)
        if sheet.id in outlets:
            known_by = places.outlet_addresses if fully else places.fixed_addresses
            shelf.set_addresses(host, known_by(sheet))
        found = list(_addresses_of(sheet, touched))
        shelf.set_addresses(host, found)
        pages += [(host, each.path) for each in found if each.kind == PAGE]
    return Learned(pages, outlets=bool(outlets))


def _addresses_of(sheet: Sheet, touched: set[str]) -> Iterator[Address]:
    """Former addresses first: what has come to one since is what stands there."""
    articles, authors, topics = (_ids(touched, kind) for kind in "awt")
    if sheet.id in _ids(touched, "l"):
        moves = PathMove.objects.filter(outlet_id=sheet.id)
        yield from places.moved_addresses(sheet, moves)
    if articles:
        rows = PublishedArticle.objects.filter(article__in=articles, outlet=sheet.id)
        yield from places.article_addresses(sheet, rows)
    if authors:
        yield from places.author_addresses(sheet, authors)
    if topics:
        yield from places.topic_addresses(sheet, topics)


def _ids(touched: set[str], kind: str) -> set[int]:
    return {int(key[1:]) for key in touched if key[0] == kind and key[1:].isdigit()}
