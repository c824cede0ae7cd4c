"""When a page's address changes: the public rows below it, and what a crash left undone of that."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from masthead.articles.models import PublishedArticle
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.actions import record_move, write_sheets
from masthead.outlets.addresses import path_below
from masthead.outlets.models import Section
from masthead.outlets.queries import outlet_of
from masthead.publishing.actions.read_model import refresh_read_model
from masthead.publishing.jobs import refile_section
from masthead.publishing.queries import rows_left_behind
from masthead.publishing.touched import lists_around, standing_of

FEW = 50  # articles; of more than these a whole outlet's pages are printed anew


def move_published(
    *, from_outlet_id: int, old_path: str, to_outlet_id: int, new_path: str, at: datetime
) -> None:
    """
    Give the public rows at and below an address the new one.

    One UPDATE, however many articles lie below; their lists follow as a job.
    """
    # Compared as text, not as a range: PostgreSQL orders by a language's rules, SQLite by bytes.
    below = PublishedArticle.objects.filter(outlet=from_outlet_id).annotate(
        head=Substr("path", 1, len(old_path))
    )
    new_paths = Concat(Value(new_path), Substr(F("path"), len(old_path) + 1))
    outlets = {from_outlet_id, to_outlet_id}
    with transaction.atomic():
        moved = below.filter(head=old_path)
        touched = _touched_by_move(list(moved[: FEW + 1]), outlets)
        if moved.update(outlet=to_outlet_id, path=new_paths):
            note_change(keys=touched, at=at)


def _touched_by_move(rows: list[PublishedArticle], outlets: set[int]) -> set[str]:
    """What links to the articles, what tells of all addresses, and the lists of an outlet left."""
    if len(rows) > FEW:
        return {keys.outlet(each) for each in outlets}
    touched = {keys.dates(each) for each in outlets}
    for row in rows:
        touched.add(keys.article(row.article_id))
        touched |= {keys.month(each, row.published_at) for each in outlets}
        standing = standing_of(row)
        if standing is not None and len(outlets) > 1:
            touched |= lists_around(standing)
    return touched


def mend_addresses(*, at: datetime) -> None:
    """
    Do what Wagtail's signal of a new address should have started.

    It is sent after the commit, so a process that is killed between the two never sends it.
    """
    for row in rows_left_behind():
        with transaction.atomic():
            _mend(row, at=at)


def _mend(row: PublishedArticle, *, at: datetime) -> None:
    article = row.article
    outlet, section = outlet_of(article), Section.objects.get(path=article.path[: -article.steplen])
    old_path = row.path.rstrip("/").rpartition("/")[0] + "/"
    new_path = path_below(section.url_path)
    # Filed elsewhere since, the article says nothing of where its former section is.
    if section.pk == row.section_id and (row.outlet_id, old_path) != (outlet.pk, new_path):
        record_move(
            outlet_id=row.outlet_id,
            old_path=old_path,
            new_path=new_path,
            to_outlet_id=outlet.pk,
            at=at,
        )
        move_published(
            from_outlet_id=row.outlet_id,
            old_path=old_path,
            to_outlet_id=outlet.pk,
            new_path=new_path,
            at=at,
        )
        write_sheets(at=at)
        refile_section.later(page_id=section.pk, tell=row.outlet_id != outlet.pk)
    refresh_read_model(article_id=article.pk, tell=row.outlet_id != outlet.pk)
