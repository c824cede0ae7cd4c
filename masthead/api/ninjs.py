"""An article as ninjs 3.1, the news trade's JSON."""

from typing import Any

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from masthead.api.ninjs_pictures import picture_associations
from masthead.api.values import moment
from masthead.articles.models import Kind, PublishedArticle
from masthead.outlets.sheet import Sheet
from masthead.people.queries import AuthorLine
from masthead.pictures.queries import PictureData

VERSION = "3.1"
SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
STANDARD = {"name": "ninjs", "version": VERSION, "schema": SCHEMA}
TRUST = "http://cv.iptc.org/newscodes/trustindicator/"
# What each plain page of an outlet is in the trade's vocabulary of trust.
TRUST_ROLES = {"ethics": "ethicsPolicy", "about": "partyInfo", "ownership": "partyInfo"}
Item = dict[str, Any]


def item(
    row: PublishedArticle,
    *,
    full: dict[str, Any],
    authors: list[AuthorLine],
    pictures: dict[int, PictureData],
    sheet: Sheet,
) -> Item:
    """full: the same article from `article_in_full`. What is not known is left out."""
    made = {
        **_identity(row, at=full["updated_at"]),
        "pubStatus": "usable",
        "type": "text",
        "representationType": "full" if full["is_complete"] else "partial",
        "language": sheet.language,
        "copyrightHolder": sheet.legal_name or sheet.name,
        "title": full["short_headline"],
        "by": full["byline"],
        "located": full["dateline"],
        "slugline": row.path.rstrip("/").rpartition("/")[2],
        "headlines": _headlines(full),
        "descriptions": _descriptions(full),
        "bodies": _bodies(full),
        "people": [_person(each) for each in authors if not each.is_shared],
        "organisations": [
            {"name": each.byline, "rel": "author"} for each in authors if each.is_shared
        ],
        "subjects": _subjects(full),
        "genres": [{"name": str(Kind(row.kind).label), "literal": row.kind}],
        "infoSources": _sources(full, sheet=sheet),
        "trustIndicators": _trust(sheet),
        "renditions": [{"name": "web", "href": full["url"], "contentType": "text/html"}],
        "associations": picture_associations(row.text.snapshot, pictures, sheet=sheet),
        "edNote": _paid_for(full),
    }
    return {name: value for name, value in made.items() if value not in ("", [], None)}


def canceled(row: PublishedArticle) -> Item:
    """A withdrawn article: that it is, when and why; nothing of what it said."""
    at = moment(row.withdrawn_at or row.updated_at)
    reason = row.article.withdrawn_reason
    note = {"edNote": reason} if reason else {}
    return {**_identity(row, at=at), "pubStatus": "canceled", "type": "text", **note}


def _identity(row: PublishedArticle, *, at: str) -> Item:
    return {
        "uri": f"urn:uuid:{row.public_id}",
        "standard": STANDARD,
        "version": str(row.version_number),
        "firstCreated": moment(row.published_at),
        "versionCreated": at,
    }


def _headlines(full: dict[str, Any]) -> list[Item]:
    said = [("main", full["headline"]), ("short", full["short_headline"])]
    said += [("kicker", full["kicker"])] if full["kicker"] else []
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in said]


def _descriptions(full: dict[str, Any]) -> list[Item]:
    said = [("summary", full["standfirst"])] if full["standfirst"] else []
    said += [("correction", each["text"]) for each in full["corrections"] if each["text"]]
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in said]


def _bodies(full: dict[str, Any]) -> list[Item]:
    counts = {"charCount": len(full["text"]), "wordCount": len(full["text"].split())}
    forms = [("text/html", full["html"]), ("text/plain", full["text"])]
    return [{"role": "main", "contentType": mime, **counts, "value": said} for mime, said in forms]


def _person(author: AuthorLine) -> Item:
    uri = iri_to_uri(author.absolute_url)
    return {"name": author.byline, "rel": "author", **({"uri": uri} if uri else {})}


def _subjects(full: dict[str, Any]) -> list[Item]:
    topics = [
        {"name": each["name"], "rel": "about", "uri": each["url"], "literal": each["slug"]}
        for each in full["topics"]
    ]
    section = full["section"]
    filed = {"name": section["name"], "rel": "section", "uri": section["url"]} if section else None
    return [*topics, *([filed] if filed else [])]


def _sources(full: dict[str, Any], *, sheet: Sheet) -> list[Item]:
    sources = [{"name": sheet.name, "role": "publisher", "uri": iri_to_uri(sheet.absolute()) or ""}]
    if full["sponsor_name"]:
        url = {"uri": full["sponsor_url"]} if full["sponsor_url"] else {}
        sources.append({"name": full["sponsor_name"], "role": "sponsor", **url})
    return sources


def _trust(sheet: Sheet) -> list[Item]:
    return [
        {
            "role": TRUST + TRUST_ROLES[page.purpose],
            "title": page.title,
            "href": iri_to_uri(sheet.absolute(page.path)),
        }
        for page in sheet.pages
        if page.purpose in TRUST_ROLES
    ]


def _paid_for(full: dict[str, Any]) -> str:
    if not full["sponsor_name"]:
        return ""
    words = _("Paid for by %(name)s. Say so wherever you publish it.")
    return words % {"name": full["sponsor_name"]}
