"""The newest thirty articles of an outlet, section, topic or author."""

from dataclasses import replace

from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.addresses import hub_url
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer, reader_view
from masthead.press.render import Printed
from masthead.syndication import formats
from masthead.syndication.answers import open_to_scripts
from masthead.syndication.entries import entries_of
from masthead.syndication.formats import ATOM, JSON_FEED, RSS, Feed
from masthead.syndication.lists import feed_list

NEWEST = 30


@reader_view()
def rss(asking: Asking, **scope: str) -> Printed:
    return _feed(asking, mime=RSS, file="feed.xml", **scope)


@reader_view()
def atom(asking: Asking, **scope: str) -> Printed:
    return _feed(asking, mime=ATOM, file="atom.xml", **scope)


@reader_view()
def json_feed(asking: Asking, **scope: str) -> Printed:
    return _feed(asking, mime=JSON_FEED, file="feed.json", **scope)


WRITERS = {RSS: formats.rss, ATOM: formats.atom, JSON_FEED: formats.json_feed}


def _feed(asking: Asking, *, mime: str, file: str, **scope: str) -> Printed:
    sheet = asking.sheet
    about = feed_list(sheet=sheet, **scope)
    articles = list(about.articles.select_related("text")[:NEWEST])
    shows(about.key, keys.newest(about.key), *(keys.article(each.article_id) for each in articles))
    found = entries_of(articles, sheet=sheet)
    feed = Feed(sheet, about, found, file)
    body = WRITERS[mime](feed)
    printed = open_to_scripts(
        machine_answer(body, mime=mime, asking=asking, changed_at=found.changed_at)
    )
    # Where it is followed, so that nobody has to come and look (WebSub).
    links = f'<{hub_url()}>; rel="hub", <{feed.url}>; rel="self"'
    return replace(printed, headers={**printed.headers, "Link": links})
