"""Writes: the stored lists, and telling readers' pages which of them show another one now."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.related.finding import Found, find_list
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
            changed += replace_lists([_list_of(row, rules) for row in some], at=at)
    return changed


def _list_of(row: int, rules: Rules) -> tuple[int, int, list[Related]]:
    """Empty for what readers cannot read; nobody sees the list, so it is nobody's page."""
    found = find_list(row, rules=rules)
    return (row, found.article.article_id, as_rows(row, found)) if found else (row, 0, [])


def replace_lists(lists: Iterable[tuple[int, int, list[Related]]], *, at: datetime) -> int:
    """
    Store lists that were worked out: of each the public row, the article and what stands in it.

    Call inside a transaction that holds the vectors of these rows. Answers how many changed.
    """
    given = list(lists)
    before: defaultdict[int, list[Related]] = defaultdict(list)
    stored = Related.objects.filter(of__in=[row for row, _article, _after in given])
    for each in stored.order_by("place", "pk"):
        before[each.of_id].append(each)
    other = [each for each in given if _content(before[each[0]]) != _content(each[2])]
    Related.objects.filter(of__in=[row for row, _article, _after in other]).delete()
    Related.objects.bulk_create([line for _row, _article, after in other for line in after])
    shown = [
        keys.related(article)
        for row, article, after in other
        if article and _shown(before[row]) != _shown(after)
    ]
    note_change(keys=shown, at=at)
    return len(other)


def as_rows(row: int, found: Found) -> list[Related]:
    pinned = found.pinned
    return [
        Related(
            of_id=row,
            other_id=near.other.row,
            place=place,
            is_pinned=near.other.article_id in pinned,
            score=round(near.score, 5),
            why=reasons(found.article, near),
        )
        for place, near in enumerate(found.chosen)
    ]


def _content(rows: list[Related]) -> list[tuple[object, ...]]:
    return [(each.other_id, each.is_pinned, each.score, each.why) for each in rows]


def _shown(rows: list[Related]) -> list[int]:
    return [each.other_id for each in rows[:SHOWN]]


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
