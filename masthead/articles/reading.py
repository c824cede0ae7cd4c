"""From a snapshot to what the article page's template shows."""

from datetime import datetime
from typing import Any

from django.utils.safestring import mark_safe

from masthead.articles.embeds import embed_parts
from masthead.articles.models import Access, Kind
from masthead.articles.snapshot import picture_ids
from masthead.core.sanitise import plain_text
from masthead.core.text import minutes_to_read, shorten
from masthead.outlets.addresses import resolve_inside_links
from masthead.outlets.sheet import Sheet
from masthead.people.queries import author_lines
from masthead.pictures.queries import PictureData, picture_data

PARTS_BEFORE_GATE = 3
DESCRIPTION_CHARACTERS = 160  # about what search engines show
Pictures = dict[int, PictureData]


def article_context(
    *,
    snapshot: dict[str, Any],
    sheet: Sheet,
    path: str,
    section_id: int,
    published_at: datetime,
    updated_at: datetime,
    version_number: int,
    may_read_all: bool = True,
    absolute_links: bool = False,
) -> dict[str, Any]:
    """
    `article` and `body` for the templates. At most four queries: pictures, authors, embed cards.

    may_read_all: False leaves out all but the first parts of a members' article; the rest never
    reaches the page.
    """
    pictures = picture_data(picture_ids(snapshot))
    is_gated = snapshot["access"] == Access.MEMBERS and not may_read_all
    parts = _marked(snapshot)[: PARTS_BEFORE_GATE if is_gated else None]
    section = sheet.find_section(section_id=section_id)
    corrections = [
        {"at": datetime.fromisoformat(each["at"]), "note": each["note"]}
        for each in snapshot.get("corrections", [])
    ]
    article = {
        "public_id": snapshot["public_id"],
        "headline": snapshot["headline"],
        "social_headline": snapshot["social_headline"] or snapshot["headline"],
        "search_headline": snapshot["search_headline"] or snapshot["headline"],
        "description": (
            snapshot["search_description"] or snapshot["standfirst"] or _opening(snapshot["body"])
        ),
        "kicker": snapshot["kicker"],
        "standfirst": snapshot["standfirst"],
        "dateline": snapshot["dateline"],
        "kind": snapshot["kind"],
        "kind_label": Kind(snapshot["kind"]).label,
        "sponsor": snapshot["sponsor"],
        "access": snapshot["access"],
        "is_gated": is_gated,
        "without_advertising": snapshot.get("without_advertising", False),
        # Of all of it: what a reader has brought into the page later must find its CSS there.
        "kinds": sorted({part["kind"] for part in snapshot["body"]}),
        "section": section,
        "section_url": sheet.url(section.path) if section else sheet.url(),
        "authors": author_lines(snapshot["authors"], sheet=sheet),
        "topics": [
            {"id": topic["id"], "name": topic["name"], "url": sheet.url(f"topics/{topic['slug']}/")}
            for topic in snapshot["topics"]
        ],
        "lead": _lead(snapshot["lead"], pictures),
        "caption_alone": snapshot.get("caption_alone", ""),
        "published_at": published_at,
        "updated_at": updated_at,
        "is_updated": bool(corrections) or (updated_at - published_at).total_seconds() > 600,
        "corrections": corrections,
        "version_number": version_number,
        "word_count": snapshot["word_count"],
        "minutes": minutes_to_read(snapshot["word_count"]),
        "url": sheet.url(path),
        "absolute_url": sheet.absolute(path),
    }
    body = body_parts(parts, sheet=sheet, pictures=pictures, absolute=absolute_links)
    return {"article": article, "body": _paid_for(body) if snapshot["sponsor"] else body}


def _paid_for(body: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Links out of a text that somebody paid for say so to search engines."""
    for part in body:
        if "html" in part:
            said = part["html"].replace(' rel="noopener"', ' rel="sponsored noopener"')
            part["html"] = mark_safe(said)  # noqa: S308  (cleaned before, see `_fill`)
    return body


def _marked(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """Those parts that are for members say so."""
    parts: list[dict[str, Any]] = snapshot["body"]
    if snapshot["access"] != Access.MEMBERS:
        return parts
    rest = ({**part, "for_members": True} for part in parts[PARTS_BEFORE_GATE:])
    return [*parts[:PARTS_BEFORE_GATE], *rest]


def _opening(parts: list[dict[str, Any]]) -> str:
    """The text's first words, of the parts that everybody may read."""
    texts = [part["html"] for part in parts[:PARTS_BEFORE_GATE] if part["kind"] == "text"]
    return shorten(plain_text(" ".join(texts)), most=DESCRIPTION_CHARACTERS)


def body_parts(
    parts: list[dict[str, Any]], *, sheet: Sheet, pictures: Pictures, absolute: bool = False
) -> list[dict[str, Any]]:
    """Stored parts with pictures, embed cards and addresses filled in; one query for embeds."""
    filled = [_fill(part, sheet, pictures, absolute) for part in parts]
    return embed_parts([part for part in filled if part is not None])


def _fill(
    part: dict[str, Any], sheet: Sheet, pictures: Pictures, absolute: bool
) -> dict[str, Any] | None:
    part = dict(part)
    if "html" in part:
        # Cleaned by core.sanitise when the snapshot was made.
        part["html"] = mark_safe(  # noqa: S308
            resolve_inside_links(part["html"], sheet=sheet, absolute=absolute)
        )
    if "pictures" in part:
        inside = [_fill(each, sheet, pictures, absolute) for each in part["pictures"]]
        part["pictures"] = [each for each in inside if each is not None]
    if "picture" in part:
        if part["picture"] not in pictures:  # deleted since it was published
            return None
        part["picture"] = pictures[part["picture"]]
    return part


def _lead(lead: dict[str, Any] | None, pictures: Pictures) -> dict[str, Any] | None:
    if lead is None or lead["picture"] not in pictures:
        return None
    return {**lead, "picture": pictures[lead["picture"]]}
