"""One list of entries in three formats: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.feedgenerator import rfc3339_date as rfc3339

from masthead.core.for_programs import without_controls
from masthead.outlets.addresses import hub_url
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import media_url
from masthead.syndication.entries import Entries, Entry, summary_html
from masthead.syndication.lists import FeedList

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
# Atom wants a moment of change even of a list that has nothing yet; it must not move by itself, and
# the W3C's validator believes none before 1990.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    """A list, what is in it, and where it is read: `file` is the feed's name, e.g. "feed.xml"."""

    sheet: Sheet
    about: FeedList
    found: Entries
    file: str

    @property
    def page_url(self) -> str:
        return iri_to_uri(self.sheet.absolute(self.about.path)) or ""

    @property
    def url(self) -> str:
        return self.page_url + self.file

    @property
    def title(self) -> str:
        return without_controls(self.about.title(self.sheet))

    @property
    def description(self) -> str:
        return without_controls(self.about.description)

    @property
    def logo_url(self) -> str:
        logo = self.found.logo
        return media_url(self.sheet, logo.src) if logo and logo.ready else ""


class _Rss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def latest_post_date(self) -> datetime:
        changed_at: datetime = self.feed["changed_at"]
        return changed_at

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub_url()})
        if self.feed["logo_url"]:
            handler.startElement("image", {})
            handler.addQuickElement("url", self.feed["logo_url"])
            handler.addQuickElement("title", self.feed["title"])
            handler.addQuickElement("link", self.feed["link"])
            handler.endElement("image")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        # After the description: some readers keep the last of the two that they meet.
        handler.addQuickElement("content:encoded", entry.html)
        for author in entry.authors:
            handler.addQuickElement("dc:creator", without_controls(author.byline))
        _add_media(handler, entry)


class _Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def latest_post_date(self) -> datetime:
        changed_at: datetime = self.feed["changed_at"]
        return changed_at

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("link", None, {"rel": "hub", "href": hub_url()})
        if self.feed["logo_url"]:
            handler.addQuickElement("logo", self.feed["logo_url"])

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for author in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", without_controls(author.byline))
            if author.absolute_url:
                handler.addQuickElement("uri", iri_to_uri(author.absolute_url))
            handler.endElement("author")
        handler.addQuickElement("content", entry.html, {"type": "html"})
        _add_media(handler, entry)


def rss(feed: Feed) -> bytes:
    return _written(_Rss, feed)


def atom(feed: Feed) -> bytes:
    return _written(_Atom, feed)


def json_feed(feed: Feed) -> bytes:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "hubs": [{"type": "WebSub", "url": hub_url()}],
        "description": feed.description,
        "language": feed.sheet.language,
        **({"icon": feed.logo_url} if feed.logo_url else {}),
        "authors": [{"name": feed.sheet.name, "url": feed.sheet.absolute()}],
        "items": [_json_item(entry) for entry in feed.found.entries],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _written(kind: type[SyndicationFeed], feed: Feed) -> bytes:
    sheet = feed.sheet
    made = kind(
        title=feed.title,
        link=feed.page_url,
        description=feed.description,
        language=sheet.language,
        author_name=sheet.name if kind is _Atom else None,
        author_link=sheet.absolute() if kind is _Atom else None,
        feed_url=feed.url,
        feed_copyright=f"© {sheet.legal_name}" if sheet.legal_name else None,
        changed_at=feed.found.changed_at or NEVER,
        logo_url=feed.logo_url,
    )
    for entry in feed.found.entries:
        made.add_item(
            title=entry.title,
            link=entry.url,
            description=summary_html(entry),
            unique_id=entry.uid,
            unique_id_is_permalink=False,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=entry.categories,
            entry=entry,
        )
    return made.writeString("utf-8").encode()


def _add_media(handler: Any, entry: Entry) -> None:
    picture = entry.picture
    if picture is None:
        return
    handler.startElement(
        "media:content",
        {
            "url": picture.url,
            "type": "image/jpeg",
            "medium": "image",
            "width": str(picture.width),
            "height": str(picture.height),
        },
    )
    if picture.alt:
        handler.addQuickElement("media:description", picture.alt, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit)
    handler.endElement("media:content")


def _json_item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.uid,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": rfc3339(entry.published_at),
        "date_modified": rfc3339(entry.updated_at),
    }
    if entry.picture:
        item["image"] = entry.picture.url
    if entry.authors:
        item["authors"] = [
            {"name": without_controls(author.byline)}
            | ({"url": iri_to_uri(author.absolute_url)} if author.absolute_url else {})
            for author in entry.authors
        ]
    if entry.categories:
        item["tags"] = entry.categories
    return item
