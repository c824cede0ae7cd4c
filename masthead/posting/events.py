"""What programs are told of a release; `docs/features/webhooks.md` explains it to them."""

from datetime import UTC, datetime
from typing import Any

from django.utils.encoding import iri_to_uri

from masthead.articles.models import PublishedArticle
from masthead.outlets.sheet import Sheet
from masthead.publishing.models import Release

TYPES = {
    Release.Act.PUBLISH: "article.published",
    Release.Act.UPDATE: "article.updated",
    Release.Act.CORRECT: "article.corrected",
    Release.Act.WITHDRAW: "article.withdrawn",
}


def release_of(release: Release, *, row: PublishedArticle, sheet: Sheet) -> dict[str, Any]:
    """row: with its text; what readers see now, which may be newer than the release."""
    snapshot = row.text.snapshot
    section = sheet.find_section(section_id=row.section_id)
    return {
        **_head(release, sheet),
        "article": {
            "id": str(row.public_id),
            "url": iri_to_uri(sheet.absolute(row.path)),
            "headline": snapshot["headline"],
            "social_headline": snapshot["social_headline"] or snapshot["headline"],
            "standfirst": snapshot["standfirst"],
            "kind": row.kind,
            "access": row.access,
            "section": {"name": section.name, "path": section.path} if section else None,
            "authors": [author["name"] for author in snapshot["authors"]],
            "topics": [topic["slug"] for topic in snapshot["topics"]],
            "language": sheet.language,
            "version": row.version_number,
            "published_at": moment(row.published_at),
            "updated_at": moment(row.updated_at),
        },
    }


def withdrawal(release: Release, *, sheet: Sheet) -> dict[str, Any]:
    """That it has gone, and from where; not what it said."""
    row = PublishedArticle.objects.filter(article=release.article_id, outlet=sheet.id).first()
    article = {"id": str(release.article.public_id)}
    if row is not None:
        article["url"] = iri_to_uri(sheet.absolute(row.path)) or ""
    return {**_head(release, sheet), "article": article}


def _head(release: Release, sheet: Sheet) -> dict[str, Any]:
    return {
        "type": TYPES[Release.Act(release.act)],
        "release": str(release.public_id),
        "at": moment(release.at),
        "outlet": {"slug": sheet.slug, "name": sheet.name, "url": sheet.absolute()},
    }


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
