"""Writes: clicks of a minute, forgetting old ones."""

from collections import Counter as Tally
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count

from masthead.newsletters.clicks.telling_apart import Click, CopySent, told_apart
from masthead.newsletters.models import ClicksOnArticle, CopyArticle, EditionCopy

KEPT = timedelta(days=730)
_ADD = """
    INSERT INTO newsletters_clicksonarticle (edition_id, article_id, people, machines)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (edition_id, article_id) DO UPDATE SET
        people = newsletters_clicksonarticle.people + excluded.people,
        machines = newsletters_clicksonarticle.machines + excluded.machines
"""


def count_clicks(clicks: Sequence[Click]) -> None:
    """Add them up by edition and article. One transaction; copies that are no more are left out."""
    wanted = {click.copy_id for click in clicks}
    copies = {copy.pk: copy for copy in _copies(wanted)}
    sent = {
        pk: CopySent(copy.how_many, copy.edition.released_at)  # type: ignore[attr-defined]
        for pk, copy in copies.items()
    }
    people: Tally[tuple[int, int]] = Tally()
    machines: Tally[tuple[int, int]] = Tally()
    known = [click for click in clicks if click.copy_id in copies]
    articles = set(
        CopyArticle.objects.filter(copy__in=copies)
        .order_by("version__article")
        .values_list("copy", "version__article")
    )
    for click, is_machine in told_apart(known, copies=sent):
        if (click.copy_id, click.article_id) in articles:
            of = (copies[click.copy_id].edition_id, click.article_id)
            (machines if is_machine else people)[of] += 1
    rows = [(*of, people[of], machines[of]) for of in sorted(people.keys() | machines.keys())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)


def _copies(wanted: set[int]) -> list[EditionCopy]:
    return list(
        EditionCopy.objects.filter(pk__in=wanted)
        .select_related("edition")
        .only("edition__released_at")
        .annotate(how_many=Count("articles"))
    )


def forget_clicks(*, at: datetime) -> int:
    """Those of editions sent more than two years ago; answers how many rows."""
    old = ClicksOnArticle.objects.filter(edition__released_at__lt=at - KEPT)
    return old.delete()[0]
