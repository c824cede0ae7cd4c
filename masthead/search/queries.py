"""Reads of the full-text index."""

import time
from collections.abc import Sequence
from types import ModuleType
from typing import NamedTuple

from django.db import connection

from masthead.search.asked import Asked
from masthead.search.entries import TEXTS, folded
from masthead.search.limits import STATEMENT_SECONDS, SearchBusy, statement_limit
from masthead.search.models import SearchEntry
from masthead.search.ranking import best_first

# Of a search's matches so many are counted, and put in order by how well they fit: the newest. A
# word that everything has costs no more than that.
MOST_MATCHES = 300
PAGE_SIZE = 20
# Texts that are in memory at a time to be compared letter by letter.
TEXTS_AT_ONCE = 50


class Found(NamedTuple):
    """
    One page. number: of all matches up to MOST_MATCHES, None further down a newest-first list.

    older, newer: ids between which the neighbouring pages lie, None where there is none.
    """

    entries: list[SearchEntry]
    number: int | None
    ids: Sequence[int] = ()
    older: int | None = None
    newer: int | None = None


def index() -> ModuleType:
    """The index of the database in use."""
    if connection.vendor == "postgresql":
        from masthead.search import postgres

        return postgres
    from masthead.search import sqlite

    return sqlite


def find_matches(
    asked: Asked, *, most: int = MOST_MATCHES, oldest_first: bool = False
) -> list[int]:
    """
    Ids of live entries, newest first unless told otherwise, at most so many.

    Raises SearchBusy when the database takes too long.
    """
    with statement_limit():
        # Of those that have the words in any form some may not have them as they are written.
        looked_at = MOST_MATCHES if asked.exact else most
        found: list[int] = index().find(asked, most=looked_at, oldest_first=oldest_first)
        return _as_written(found, asked, most=most) if asked.exact else found


def _as_written(ids: list[int], asked: Asked, *, most: int) -> list[int]:
    """
    Those that have the exact phrases in one of their texts, accents and case aside.

    The database's own limit does not see what we do with its rows, so this keeps to the same.
    """
    until, found = time.monotonic() + STATEMENT_SECONDS, list[int]()
    for begin in range(0, len(ids), TEXTS_AT_ONCE):
        if time.monotonic() > until:
            raise SearchBusy("The texts took too long.")
        some = ids[begin : begin + TEXTS_AT_ONCE]
        rows = SearchEntry.objects.filter(pk__in=some).values_list("pk", *TEXTS)
        fits = {pk for pk, *texts in rows if _has_all(texts, asked.exact)}
        found += [each for each in some if each in fits]
        if len(found) >= most:
            break
    return found[:most]


def _has_all(texts: Sequence[str], phrases: Sequence[str]) -> bool:
    plain = [f" {' '.join(folded(text))} " for text in texts if text]
    return all(any(f" {phrase} " in text for text in plain) for phrase in phrases)


def newest_page(asked: Asked, *, before: int | None = None, after: int | None = None) -> Found:
    """
    Newest first. before, after: ids of the entries that the page lies below or above; every page
    costs what the first does.
    """
    if before is None and after is None:
        ids = find_matches(asked)
        more = len(ids) > PAGE_SIZE
        shown = ids[:PAGE_SIZE]
        return Found(_entries(shown), len(ids), ids, older=shown[-1] if more else None)
    is_up = before is None
    first = max(asked.first, after + 1) if after is not None else asked.first
    last = min(asked.last, before - 1) if before is not None else asked.last
    stretch = asked.between(first, last)
    ids = find_matches(stretch, most=PAGE_SIZE + 1, oldest_first=is_up)
    more = len(ids) > PAGE_SIZE
    shown = sorted(ids[:PAGE_SIZE], reverse=True)
    if not shown:
        return Found([], None)
    return Found(
        _entries(shown),
        None,
        older=shown[-1] if more or is_up else None,
        newer=shown[0] if more or not is_up else None,
    )


def best_page(asked: Asked, *, number: int = 1) -> Found:
    """By how well they fit, of the newest MOST_MATCHES; a page by its number, from 1."""
    ids = find_matches(asked)
    shown = best_first(ids, asked)[PAGE_SIZE * (number - 1) : PAGE_SIZE * number]
    return Found(_entries(shown), len(ids), ids)


def _entries(ids: Sequence[int]) -> list[SearchEntry]:
    """With their cards' rows, in the order given. One query."""
    entries = (
        SearchEntry.objects.filter(pk__in=ids)
        .select_related("published__lead_picture")
        .defer("stems_headline", "stems_standfirst", "stems_about", "stems_body", "marks", "heads")
    )
    by_id = {entry.pk: entry for entry in entries}
    return [by_id[each] for each in ids if each in by_id]
