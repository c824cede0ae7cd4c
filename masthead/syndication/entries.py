"""Articles as feeds carry them, in full; the same number of queries for one and for thirty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from masthead.articles.for_programs import bodies, bylines, parts_for_everybody
from masthead.articles.models import Access, PublishedArticle
from masthead.articles.snapshot import picture_ids
from masthead.core.by_content import kept_by_content
from masthead.core.for_programs import with_absolute_addresses, without_controls
from masthead.core.sanitise import plain_text
from masthead.core.text import shorten
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import media_url
from masthead.people.queries import AuthorLine
from masthead.pictures.queries import PictureData, picture_data

SUMMARY_CHARACTERS = 300
KEPT = 500  # articles' texts; some 6 kB each


@dataclass(frozen=True)
class EntryPicture:
    url: str
    width: int
    height: int
    alt: str
    credit: str


@dataclass(frozen=True)
class Entry:
    """
    One article in a feed. summary: plain text, never empty. html: harmless, addresses absolute.

    Nothing in it holds a character that XML cannot carry.
    """

    uid: str
    url: str
    title: str
    summary: str
    html: str
    published_at: datetime
    updated_at: datetime
    authors: list[AuthorLine]
    categories: list[str]
    picture: EntryPicture | None


@dataclass(frozen=True)
class Entries:
    entries: list[Entry]
    logo: PictureData | None

    @property
    def changed_at(self) -> datetime | None:
        return max((entry.updated_at for entry in self.entries), default=None)


def entries_of(articles: Sequence[PublishedArticle], *, sheet: Sheet) -> Entries:
    """
    articles: with their text. At most three queries: pictures, authors, embed cards.

    Of a members' article only the first parts leave the house.
    """
    snapshots = [article.text.snapshot for article in articles]
    wanted = set().union(*map(picture_ids, snapshots), {sheet.logo_id} - {None})
    pictures = picture_data(wanted)
    texts = bodies(snapshots, sheet=sheet, pictures=pictures)
    names = bylines(snapshots, sheet=sheet)
    made = [
        _entry(*each, sheet=sheet, pictures=pictures)
        for each in zip(articles, texts, names, strict=True)
    ]
    return Entries(made, pictures.get(sheet.logo_id) if sheet.logo_id else None)


def _entry(
    article: PublishedArticle,
    body: list[dict[str, Any]],
    authors: list[AuthorLine],
    *,
    sheet: Sheet,
    pictures: dict[int, PictureData],
) -> Entry:
    snapshot = article.text.snapshot
    url = iri_to_uri(sheet.absolute(article.path)) or ""
    picture = _picture(snapshot["lead"], sheet=sheet, pictures=pictures)
    section = sheet.find_section(section_id=article.section_id)
    topics = [topic["name"] for topic in snapshot["topics"]]
    categories = [*([section.name] if section else []), *topics]
    summary, html = _texts(snapshot, body, picture, sheet.name, url, get_language())
    return Entry(
        uid=f"urn:uuid:{article.public_id}",
        url=url,
        title=without_controls(_title(snapshot)),
        summary=summary,
        html=html,
        published_at=article.published_at,
        updated_at=max(article.updated_at, article.published_at),
        authors=authors,
        categories=[without_controls(name) for name in dict.fromkeys(categories)],
        picture=picture,
    )


def _title(snapshot: dict[str, Any]) -> str:
    """Feed readers list titles alone, so what somebody paid for says so there already."""
    if snapshot["sponsor"]:
        return _("Sponsored: %(headline)s") % {"headline": snapshot["headline"]}
    return str(snapshot["headline"])


@kept_by_content(most=KEPT)
def _texts(
    snapshot: dict[str, Any],
    body: list[dict[str, Any]],
    picture: EntryPicture | None,
    outlet_name: str,
    url: str,
    language: str,
) -> tuple[str, str]:
    """Summary and HTML. language: the one in force; a dozen feeds carry the same article."""
    is_gated = snapshot["access"] != Access.OPEN
    html = render(
        "syndication/feed_body.html",
        {
            "article": snapshot,
            "lead": picture and {**snapshot["lead"], "picture": picture},
            "body": body,
            "outlet_name": outlet_name,
            "is_gated": is_gated,
            "url": url,
        },
    )
    lines = (line.strip() for line in html.splitlines())
    closed_up = "\n".join(line for line in lines if line)
    return _summary(snapshot), without_controls(with_absolute_addresses(closed_up, base=url))


def _summary(snapshot: dict[str, Any]) -> str:
    paragraphs = (part["html"] for part in parts_for_everybody(snapshot) if part.get("html"))
    first = plain_text(next(paragraphs, ""))
    return without_controls(
        snapshot["standfirst"].strip()
        or shorten(first, most=SUMMARY_CHARACTERS)
        or snapshot["headline"]
    )


def summary_html(entry: Entry) -> str:
    """The summary for formats that read it as HTML."""
    return f"<p>{escape(entry.summary)}</p>"


def _picture(
    lead: dict[str, Any] | None, *, sheet: Sheet, pictures: dict[int, PictureData]
) -> EntryPicture | None:
    picture = pictures.get(lead["picture"]) if lead else None
    if lead is None or picture is None or not picture.ready:
        return None
    return EntryPicture(
        url=media_url(sheet, picture.largest),
        width=picture.largest_width,
        height=picture.largest_height,
        alt=without_controls(lead["alt"] or picture.alt),
        credit=without_controls(lead["credit"] or picture.credit),
    )
