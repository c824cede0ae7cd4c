"""What a feed is a feed of: an outlet, a section, a topic or an author."""

from dataclasses import dataclass

from django.db.models import QuerySet

from masthead.articles.models import PublishedArticle
from masthead.articles.queries import by_author, find_topic, in_outlet, in_section, on_topic
from masthead.changes import keys
from masthead.core.sanitise import plain_text
from masthead.core.text import shorten
from masthead.fronts.queries import find_author_on
from masthead.outlets.page import PageMissing
from masthead.outlets.sheet import Sheet


@dataclass(frozen=True)
class FeedList:
    """
    name: empty for the whole outlet. path: of the page that lists the same, below the outlet.
    articles: newest first, without a limit. key: of the list itself.
    """

    name: str
    path: str
    description: str
    articles: QuerySet[PublishedArticle]
    key: str

    def title(self, sheet: Sheet) -> str:
        return f"{self.name} – {sheet.name}" if self.name else sheet.name


def feed_list(*, sheet: Sheet, section: str = "", topic: str = "", author: str = "") -> FeedList:
    """
    The list a feed was asked for; at most one query.

    Raises PageMissing.
    """
    if section:
        return _of_section(sheet, section)
    if topic:
        return _of_topic(sheet, topic)
    if author:
        return _of_author(sheet, author)
    return FeedList("", "", sheet.tagline or sheet.name, in_outlet(sheet.id), keys.outlet(sheet.id))


def _of_section(sheet: Sheet, path: str) -> FeedList:
    section = sheet.find_section_at(path)
    if section is None:
        raise PageMissing
    articles = in_section(section.id, is_top=section.parent_id is None)
    return FeedList(
        section.name, path, section.description or section.name, articles, keys.section(section.id)
    )


def _of_topic(sheet: Sheet, slug: str) -> FeedList:
    topic = find_topic(slug)
    if topic is None:
        raise PageMissing
    articles = on_topic(topic.pk, outlet_id=sheet.id).all()
    return FeedList(
        topic.name,
        f"topics/{slug}/",
        topic.description or topic.name,
        articles,
        keys.topic(topic.pk),
    )


def _of_author(sheet: Sheet, slug: str) -> FeedList:
    author = find_author_on(outlet_id=sheet.id, slug=slug)
    if author is None:
        raise PageMissing
    about = shorten(plain_text(author.biography), most=300) or author.byline
    articles = by_author(author.pk, outlet_id=sheet.id).all()
    return FeedList(author.byline, f"authors/{slug}/", about, articles, keys.author(author.pk))
