"""JSON-LD and Open Graph of an article."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from masthead.articles.models import Access, Kind
from masthead.core.text import shorten
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import (
    CONTEXT,
    SHARE_HEIGHT,
    SHARE_WIDTH,
    account_tags,
    filled,
    image_object,
    is_drawn,
    media_url,
    outlet_card_path,
    picture_tags,
    publisher,
    website,
)
from masthead.people.structured_data import person

Article = Mapping[str, Any]

TYPES = {
    Kind.REPORT: "ReportageNewsArticle",
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.EXPLAINER: "BackgroundNewsArticle",
    Kind.INTERVIEW: "ReportageNewsArticle",
    Kind.REVIEW: "ReviewNewsArticle",
    Kind.LETTERS: "OpinionNewsArticle",
    Kind.SPONSORED: "AdvertiserContentArticle",
}
HEADLINE_CHARACTERS = 110  # search engines refuse or cut more
GATE = ".gate"  # stands in the page where the part for members would go on
MEMBERS_PART = ".members-part"  # and is around it where it does


def news_article(article: Article, *, sheet: Sheet) -> dict[str, Any]:
    """article: `article` of `articles.reading.article_context`. No query."""
    return filled(
        {
            "@context": CONTEXT,
            "@type": _types(article),
            "@id": f"{article['absolute_url']}#article",
            "identifier": f"urn:uuid:{UUID(article['public_id'])}",
            "url": article["absolute_url"],
            "mainEntityOfPage": {"@type": "WebPage", "@id": article["absolute_url"]},
            "isPartOf": website(sheet),
            **_words(article),
            **_dates(article),
            "version": article["version_number"],
            "author": _authors(article, sheet),
            "publisher": publisher(sheet),
            "sponsor": _sponsor(article),
            "image": _images(article, sheet),
            "about": _topics(article, sheet),
            "correction": _corrections(article),
            "inLanguage": sheet.language,
            **_access(article),
        }
    )


def article_open_graph(article: Article, *, sheet: Sheet) -> list[tuple[str, str]]:
    """What a shared link shows beyond title and description, which every page has."""
    section = article["section"]
    pairs = [
        ("og:type", "article"),
        ("article:published_time", _iso(article["published_at"])),
        ("article:modified_time", _iso(_modified(article))),
        *(("article:author", line.absolute_url) for line in article["authors"]),
        ("article:section", section.name if section else ""),
        *(("article:tag", topic["name"]) for topic in article["topics"]),
    ]
    tags = [(name, value) for name, value in pairs if value]
    return [*tags, *_picture(article, sheet), *account_tags(sheet)]


def share_card_path(public_id: UUID | str, version: int) -> str:
    """Where `syndication` draws an article's share picture, under MEDIA_ROOT."""
    return f"share/{UUID(str(public_id)).hex}-{version}.jpg"


def _picture(article: Article, sheet: Sheet) -> list[tuple[str, str]]:
    """The card drawn for this version; before it is drawn the lead picture, then the outlet's."""
    lead = article["lead"]
    alt = article["social_headline"]
    card = _card(article, sheet)
    if card:
        return picture_tags(url=card, width=SHARE_WIDTH, height=SHARE_HEIGHT, alt=alt)
    if lead and lead["picture"].ready:
        picture = lead["picture"]
        return picture_tags(
            url=media_url(sheet, picture.largest),
            width=picture.largest_width,
            height=picture.largest_height,
            alt=lead["alt"] or picture.alt,
        )
    if fallback := _outlet_card(sheet):
        return picture_tags(url=fallback, width=SHARE_WIDTH, height=SHARE_HEIGHT, alt=sheet.name)
    return [("twitter:card", "summary")]


def _card(article: Article, sheet: Sheet) -> str:
    path = share_card_path(article["public_id"], article["version_number"])
    return media_url(sheet, f"{settings.MEDIA_URL}{path}") if is_drawn(path) else ""


def _outlet_card(sheet: Sheet) -> str:
    path = outlet_card_path(sheet)
    return media_url(sheet, f"{settings.MEDIA_URL}{path}") if is_drawn(path) else ""


def _types(article: Article) -> list[str]:
    # What somebody paid for is an Article to schema.org and must not claim to be news.
    family = "Article" if article["kind"] == Kind.SPONSORED else "NewsArticle"
    return [family, TYPES[Kind(article["kind"])]]


def _words(article: Article) -> dict[str, Any]:
    is_news = article["kind"] != Kind.SPONSORED
    searched = article["search_headline"]
    return {
        "headline": shorten(article["headline"], most=HEADLINE_CHARACTERS),
        "alternativeHeadline": searched if searched != article["headline"] else "",
        "description": article["description"],
        "articleSection": article["section"].name if article["section"] else "",
        "keywords": [topic["name"] for topic in article["topics"]],
        "dateline": article["dateline"] if is_news else "",
        "wordCount": article["word_count"],
    }


def _corrections(article: Article) -> list[dict[str, str]]:
    return [
        {"@type": "CorrectionComment", "text": each["note"], "datePublished": _iso(each["at"])}
        for each in article["corrections"]
    ]


def _dates(article: Article) -> dict[str, str]:
    return {
        "datePublished": _iso(article["published_at"]),
        "dateModified": _iso(_modified(article)),
    }


def _modified(article: Article) -> datetime:
    # A backdated first release has an update before it; readers' programs refuse that.
    return max(article["updated_at"], article["published_at"])


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _authors(article: Article, sheet: Sheet) -> list[dict[str, Any]]:
    """Without a byline the outlet itself answers for the text."""
    return [person(line, sheet) for line in article["authors"]] or [
        {"@id": f"{sheet.base}/#organisation"}
    ]


def _sponsor(article: Article) -> dict[str, Any] | None:
    sponsor = article["sponsor"]
    if not sponsor or not sponsor["name"]:
        return None
    return filled({"@type": "Organization", "name": sponsor["name"], "url": sponsor["url"]})


def _images(article: Article, sheet: Sheet) -> list[dict[str, Any]]:
    lead = article["lead"]
    photo = lead and image_object(
        lead["picture"], sheet=sheet, caption=lead["caption"], credit=lead["credit"]
    )
    card = _card(article, sheet) or ("" if photo else _outlet_card(sheet))
    drawn = {
        "@type": "ImageObject",
        "url": card,
        "contentUrl": card,
        "width": f"{SHARE_WIDTH} px",
        "height": f"{SHARE_HEIGHT} px",
    }
    return [each for each in (photo, drawn if card else None) if each]


def _topics(article: Article, sheet: Sheet) -> list[dict[str, str]]:
    return [
        {
            "@type": "Thing",
            "name": topic["name"],
            "url": sheet.base + topic["url"].removeprefix(sheet.prefix),
        }
        for topic in article["topics"]
    ]


def _access(article: Article) -> dict[str, Any]:
    if article["access"] == Access.OPEN:
        return {"isAccessibleForFree": True}
    selector = GATE if article["is_gated"] else MEMBERS_PART
    gate = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": selector}
    return {"isAccessibleForFree": False, "hasPart": gate}
