"""Many articles as ninjs at once; the same number of queries for one and for thirty."""

from collections.abc import Sequence
from typing import Any

from masthead.api.articles import in_full
from masthead.api.corrections import correction_note
from masthead.api.ninjs import canceled, item
from masthead.api.queries import corrections_by_article, rows_of
from masthead.articles.for_programs import bodies, bylines
from masthead.articles.models import PublishedArticle
from masthead.articles.snapshot import picture_ids
from masthead.outlets.sheet import Sheet
from masthead.pictures.queries import picture_data


def items_of(article_ids: Sequence[int], *, sheet: Sheet) -> list[dict[str, Any]]:
    """In the order given; at most five queries: rows, corrections, pictures, authors, embeds."""
    rows = rows_of(article_ids, outlet_id=sheet.id)
    live = [row for row in rows.values() if row.state == PublishedArticle.State.LIVE]
    told = corrections_by_article([row.article_id for row in live], outlet_id=sheet.id)
    snapshots = [row.text.snapshot for row in live]
    pictures = picture_data(set().union(*map(picture_ids, snapshots)))
    texts = bodies(snapshots, sheet=sheet, pictures=pictures)
    names = bylines(snapshots, sheet=sheet)
    made = {}
    for row, body, authors in zip(live, texts, names, strict=True):
        notes = [correction_note(each) for each in told.get(row.article_id, [])]
        full = in_full(
            row, body=body, authors=authors, pictures=pictures, sheet=sheet, corrections=notes
        )
        made[row.article_id] = item(row, full=full, authors=authors, pictures=pictures, sheet=sheet)
    return [made.get(each) or canceled(rows[each]) for each in article_ids if each in rows]
