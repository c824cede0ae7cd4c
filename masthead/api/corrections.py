"""Corrections as the API gives them: which version was wrong, since when it is right, and how."""

from typing import Any

from django.utils.encoding import iri_to_uri

from masthead.api.addresses import api_url
from masthead.api.queries import corrections_on
from masthead.api.values import moment
from masthead.outlets.sheet import Sheet
from masthead.publishing.models import Release


def correction_line(release: Release, *, sheet: Sheet) -> dict[str, Any]:
    """release: from `corrections_on`."""
    return {
        **correction_note(release),
        "article": {
            "id": str(release.public_id_of_article),  # type: ignore[attr-defined]
            "headline": release.headline,  # type: ignore[attr-defined]
            "url": iri_to_uri(sheet.absolute(release.found_at)),  # type: ignore[attr-defined]
            "api_url": api_url(
                sheet,
                "articles",
                release.public_id_of_article,  # type: ignore[attr-defined]
            ),
        },
    }


def correction_note(release: Release) -> dict[str, Any]:
    number = release.version.number if release.version else 1
    return {
        "id": str(release.public_id),
        "corrected_at": moment(release.at),
        "text": release.note or None,
        "wrong_version": number - 1 or None,
        "right_version": number,
    }


def corrections_of(article_id: int, *, outlet_id: int) -> list[dict[str, Any]]:
    """Of one article, newest first. One query."""
    return [correction_note(each) for each in corrections_on(outlet_id).filter(article=article_id)]
