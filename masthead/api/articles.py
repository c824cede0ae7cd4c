"""Articles as the API gives them: a line of a list, and one in full."""

from typing import Any

from django.utils.encoding import iri_to_uri

from masthead.api.addresses import api_url
from masthead.api.values import moment, picture, section_ref
from masthead.articles.for_programs import Parts, bodies, bylines, parts_for_everybody
from masthead.articles.models import PublishedArticle
from masthead.articles.snapshot import picture_ids
from masthead.core.for_programs import with_absolute_addresses
from masthead.core.sanitise import plain_lines
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.people.queries import AuthorLine
from masthead.pictures.queries import PictureData, picture_data


def article_line(row: PublishedArticle, *, sheet: Sheet) -> dict[str, Any]:
    """What lists show, from the row alone; `live_articles` brings its picture."""
    pictures = picture_data([row.lead_picture] if row.lead_picture else [])
    lead = pictures.get(row.lead_picture_id) if row.lead_picture_id else None
    return {
        **_known_of_row(row, sheet=sheet),
        "headline": row.headline,
        "kicker": row.kicker,
        "standfirst": row.standfirst,
        "byline": row.byline,
        "picture": picture(lead, sheet=sheet),
    }


def article_in_full(
    row: PublishedArticle, *, sheet: Sheet, corrections: list[dict[str, Any]]
) -> dict[str, Any]:
    """
    row: with its text. At most three queries: pictures, authors, embed cards.

    Of a members' article the text holds the open part only.
    """
    snapshot = row.text.snapshot
    pictures = picture_data(picture_ids(snapshot))
    return in_full(
        row,
        body=bodies([snapshot], sheet=sheet, pictures=pictures)[0],
        authors=bylines([snapshot], sheet=sheet)[0],
        pictures=pictures,
        sheet=sheet,
        corrections=corrections,
    )


def in_full(
    row: PublishedArticle,
    *,
    body: Parts,
    authors: list[AuthorLine],
    pictures: dict[int, PictureData],
    sheet: Sheet,
    corrections: list[dict[str, Any]],
) -> dict[str, Any]:
    """From what was read for many at once. body, authors: of `articles.for_programs`."""
    snapshot = row.text.snapshot
    blocks = [_block(part, base=_url(row, sheet)) for part in body]
    return {
        **_known_of_row(row, sheet=sheet),
        "headline": snapshot["headline"],
        "short_headline": snapshot["short_headline"] or snapshot["headline"],
        "kicker": snapshot["kicker"],
        "standfirst": snapshot["standfirst"],
        "dateline": snapshot["dateline"],
        "byline": row.byline,
        "authors": [author_ref(each, sheet=sheet) for each in authors],
        "topics": [_topic(each, sheet=sheet) for each in snapshot["topics"]],
        "sponsor_url": (snapshot["sponsor"] or {}).get("url") or None,
        "picture": _lead(snapshot, pictures, sheet=sheet),
        "language": sheet.language,
        "is_complete": len(parts_for_everybody(snapshot)) == len(snapshot["body"]),
        "html": "\n".join(block["html"] for block in blocks),
        "text": "\n\n".join(block["text"] for block in blocks if block["text"]),
        "blocks": blocks,
        "corrections": corrections,
    }


def _known_of_row(row: PublishedArticle, *, sheet: Sheet) -> dict[str, Any]:
    section = sheet.find_section(section_id=row.section_id)
    return {
        "id": str(row.public_id),
        "url": _url(row, sheet),
        "api_url": api_url(sheet, "articles", row.public_id),
        "kind": row.kind,
        "access": row.access,
        "section": section_ref(section, sheet=sheet),
        "published_at": moment(row.published_at),
        "updated_at": moment(max(row.updated_at, row.published_at)),
        "version": row.version_number,
        "word_count": row.word_count,
        "sponsor_name": row.sponsor_name or None,
    }


def _url(row: PublishedArticle, sheet: Sheet) -> str:
    return iri_to_uri(sheet.absolute(row.path)) or ""


def _block(part: dict[str, Any], *, base: str) -> dict[str, str]:
    html = with_absolute_addresses(render("api/block.html", {"part": part}).strip(), base=base)
    return {"kind": part["kind"], "html": html, "text": plain_lines(html)}


def author_ref(line: AuthorLine, *, sheet: Sheet) -> dict[str, Any]:
    """An author as a byline names them. url: None for one who has no page any more."""
    return {
        "name": line.name,
        "post_nominals": line.post_nominals,
        "role": line.role,
        "is_shared": line.is_shared,
        "url": iri_to_uri(line.absolute_url) or None,
    }


def _topic(topic: dict[str, Any], *, sheet: Sheet) -> dict[str, Any]:
    path = f"topics/{topic['slug']}/"
    return {
        "slug": topic["slug"],
        "name": topic["name"],
        "url": iri_to_uri(sheet.absolute(path)),
    }


def _lead(
    snapshot: dict[str, Any], pictures: dict[int, PictureData], *, sheet: Sheet
) -> dict[str, Any] | None:
    lead = snapshot["lead"]
    if lead is None:
        return None
    return picture(
        pictures.get(lead["picture"]),
        sheet=sheet,
        alt=lead["alt"],
        caption=lead["caption"],
        credit=lead["credit"],
    )
