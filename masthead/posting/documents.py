"""An article as a record for programs (standard.site): what it says, and on which account."""

from typing import Any

from masthead.articles.for_programs import parts_for_everybody
from masthead.articles.models import PublishedArticle
from masthead.core.sanitise import plain_text
from masthead.core.text import shorten
from masthead.outlets.sheet import Sheet
from masthead.outlets.standard_site import record_name
from masthead.posting.cards import card_of
from masthead.posting.events import moment
from masthead.posting.models import Account
from masthead.posting.networks.base import Document
from masthead.posting.words import Said

# Characters; the lexicon counts graphemes, of which there are never more.
MOST_NAME, MOST_TITLE, MOST_DESCRIPTION, MOST_TAG = 128, 500, 300, 128
MOST_TEXT = 200_000  # a record holds a megabyte at most


def find_keeper(outlet_id: int) -> Account | None:
    """The account on which records of the outlet's articles are kept, if any."""
    found = Account.objects.filter(outlet=outlet_id, removed_at=None)
    return found.exclude(documents_since=None).order_by("pk").first()


def documents_supplement(outlet_id: int) -> dict[str, str]:
    """For the outlet's sheet: pages name their records by it."""
    keeper = find_keeper(outlet_id)
    repository = keeper.known.get("did", "") if keeper else ""
    if keeper is None or keeper.documents_since is None or not repository:
        return {}
    return {"in": repository, "since": keeper.documents_since.isoformat()}


def document_of(row: PublishedArticle, *, sheet: Sheet, said: Said) -> Document:
    """row: with its text, as readers see it now. said: its words for sharing."""
    snapshot = row.text.snapshot
    record: dict[str, Any] = {
        "path": f"/{row.path}",
        "title": shorten(said.title, most=MOST_TITLE),
        "description": shorten(said.description, most=MOST_DESCRIPTION),
        "publishedAt": moment(row.published_at),
        "updatedAt": moment(row.updated_at),
        "textContent": _text(snapshot)[:MOST_TEXT],
        "tags": [shorten(topic["name"], most=MOST_TAG) for topic in snapshot["topics"]],
    }
    return Document(
        name=record_name(row.public_id),
        record={name: value for name, value in record.items() if value},
        publication_name=record_name(sheet.public_id),
        publication=_publication(sheet),
        picture=lambda: card_of(row),
    )


def no_document(public_id: Any, *, sheet: Sheet) -> Document:
    """For an article that readers do not see any more."""
    return Document(
        name=record_name(public_id),
        record=None,
        publication_name=record_name(sheet.public_id),
        publication=_publication(sheet),
    )


def _publication(sheet: Sheet) -> dict[str, Any]:
    said = {
        "url": sheet.base,
        "name": shorten(sheet.name, most=MOST_NAME),
        "description": shorten(sheet.tagline, most=MOST_DESCRIPTION),
    }
    return {name: value for name, value in said.items() if value}


def _text(snapshot: dict[str, Any]) -> str:
    """Of a members' article no more than everybody may read."""
    parts = parts_for_everybody(snapshot)
    return "\n\n".join(plain_text(part["html"]) for part in parts if part.get("html"))
