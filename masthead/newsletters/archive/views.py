"""What readers ask for: a newsletter's editions, one of them, its feeds."""

from uuid import UUID

from masthead.newsletters.archive import pages
from masthead.newsletters.archive.feeds import feed_of
from masthead.outlets.page import ReaderPage
from masthead.press.asking import Asking
from masthead.press.reader_view import reader_view
from masthead.press.render import Printed
from masthead.syndication.formats import ATOM, JSON_FEED, RSS


@reader_view()
def archive(asking: Asking, newsletter: str) -> ReaderPage:
    return pages.archive_page(sheet=asking.sheet, slug=newsletter)


@reader_view()
def edition(asking: Asking, newsletter: str, edition: UUID) -> ReaderPage:
    return pages.edition_page(sheet=asking.sheet, slug=newsletter, public_id=edition)


@reader_view()
def rss(asking: Asking, newsletter: str) -> Printed:
    return feed_of(asking, slug=newsletter, mime=RSS, file="feed.xml")


@reader_view()
def atom(asking: Asking, newsletter: str) -> Printed:
    return feed_of(asking, slug=newsletter, mime=ATOM, file="atom.xml")


@reader_view()
def json_feed(asking: Asking, newsletter: str) -> Printed:
    return feed_of(asking, slug=newsletter, mime=JSON_FEED, file="feed.json")
