"""All comments out, a JSON object a line, so that a newsroom can leave with everything."""

import json
from collections.abc import Iterator

from masthead.comments.models import Comment


def export_lines() -> Iterator[str]:
    """In the order in which they came, so that what is answered stands before its answer."""
    rows = (
        Comment.objects.select_related("author", "thread__published__outlet", "parent")
        .prefetch_related("versions")
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=1_000):
        published = row.thread.published
        yield json.dumps(
            {
                "id": str(row.public_id),
                "parent": str(row.parent.public_id) if row.parent else None,
                "outlet": published.outlet.slug,
                "article": str(published.public_id),
                "path": published.path,
                "name": row.byline or (row.author.name if row.author else ""),
                "email": row.author.email if row.author else "",
                "posted_at": row.posted_at.isoformat(),
                "edited_at": row.edited_at.isoformat() if row.edited_at else None,
                "text": row.text,
                "before": [each.text for each in row.versions.all()],
                "state": row.state,
                "phase": row.phase,
                "reason": row.reason,
                "pick": row.is_pick,
                "respects": row.respects,
            },
            ensure_ascii=False,
        )
