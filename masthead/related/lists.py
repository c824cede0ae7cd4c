"""Writes: the stored lists, and telling readers' pages which of them show another one now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Min

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.related.finding import Found, Index, find_lists
from masthead.related.knowing import Rules
from masthead.related.models import Related, Vector
from masthead.related.scoring import KEPT, LEAST, SHOWN, reasons, seen_from

LISTS_AT_ONCE = 8  # in one write transaction: some 50 ms


def write_lists(rows: Iterable[int], *, rules: Rules, at: datetime) -> int:
    """
    Work the lists below these public rows out anew and store them; answers how many changed.

    A few lists a transaction. Two that write one list at a time follow each other, and the later
    one has seen what the former saw. Repeatable: the second time nothing changes. Pages of which
    the shown cards stay as they are are not printed again.
    """
    wanted = sorted(set(rows))
    changed = 0
    for first in range(0, len(wanted), LISTS_AT_ONCE):
        with transaction.atomic():
            some = wanted[first : first + LISTS_AT_ONCE]
            held = Vector.objects.select_for_update().filter(pk__in=some).order_by("pk")
            list(held.values_list("pk"))
            found = find_lists(some, index=Index(rules))
            changed += replace_lists([worked_out(row, found.get(row)) for row in some], at=at)
    return changed


class Line(NamedTuple):
    """What `Related` keeps of one article in a list, in its order."""

    other: int
    is_pinned: bool
    score: float
    why: dict[str, Any]


class WorkedOut(NamedTuple):
    """A list to be stored: of which public row and article it is, 0 for what nobody can read."""

    row: int
    article_id: int
    lines: list[Line]


def worked_out(row: int, found: Found | None) -> WorkedOut:
    """Empty for what readers cannot read; nobody sees the list, so it is nobody's page."""
    if found is None:
        return WorkedOut(row, 0, [])
    pinned = found.pinned
    lines = [
        Line(
            near.other.row,
            near.other.article_id in pinned,
            round(near.score, 5),
            reasons(found.article, near),
        )
        for near in found.chosen
    ]
    return WorkedOut(row, found.article.article_id, lines)


def replace_lists(lists: Iterable[WorkedOut], *, at: datetime) -> int:
    """
    Store lists that were worked out. Answers how many changed.

    Call inside a transaction that holds the vectors of these rows.
    """
    given = list(lists)
    before = _stored([each.row for each in given])
    other = [each for each in given if before[each.row] != each.lines]
    had = [each.row for each in other if before[each.row]]
    if had:
        Related.objects.filter(of__in=had).delete()
    Related.objects.bulk_create([line for each in other for line in _as_rows(each)])
    shown = [
        keys.related(each.article_id)
        for each in other
        if each.article_id and _shown(before[each.row]) != _shown(each.lines)
    ]
    note_change(keys=shown, at=at)
    return len(other)


def _stored(rows: list[int]) -> defaultdict[int, list[Line]]:
    stored: defaultdict[int, list[Line]] = defaultdict(list)
    lines = Related.objects.filter(of__in=rows).order_by("place", "pk")
    for row, *line in lines.values_list("of_id", "other_id", "is_pinned", "score", "why"):
        stored[row].append(Line(*line))
    return stored


def _as_rows(made: WorkedOut) -> Iterator[Related]:
    for place, line in enumerate(made.lines):
        yield Related(
            of_id=made.row,
            other_id=line.other,
            place=place,
            is_pinned=line.is_pinned,
            score=line.score,
            why=line.why,
        )


def _shown(lines: list[Line]) -> list[int]:
    return [each.other for each in lines[:SHOWN]]


def lists_with(row: int) -> list[int]:
    """Below which public rows an article stands."""
    return list(Related.objects.filter(other=row).values_list("of_id", flat=True))


def improved_by(found: Found, *, rules: Rules) -> list[int]:
    """Rows of the articles near to one whose lists it may belong in. One query."""
    article = found.article
    scores = {
        each.other.row: seen_from(each, article).score
        for each in found.near
        if rules.may_stand(below=each.other.outlet_id, of=article.outlet_id)
    }
    listed = Related.objects.filter(of__in=list(scores), is_pinned=False).values_list("of")
    full = {
        of: least
        for of, count, least in listed.annotate(count=Count("pk"), least=Min("score"))
        if count >= KEPT
    }
    return [row for row, score in scores.items() if score >= full.get(row, LEAST)]
