"""The newest thirty articles of an outlet, section, topic or author."""

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from masthead.outlets.page import PageMissing, PageMoved
from masthead.outlets.sheet import Sheet
from masthead.syndication import formats
from masthead.syndication.answers import answer, open_to_scripts
from masthead.syndication.entries import entries_of
from masthead.syndication.formats import ATOM, JSON_FEED, RSS, Feed
from masthead.syndication.lists import feed_list

NEWEST = 30


@require_safe
def rss(request: HttpRequest, **scope: str) -> HttpResponseBase:
    return _feed(request, mime=RSS, file="feed.xml", **scope)


@require_safe
def atom(request: HttpRequest, **scope: str) -> HttpResponseBase:
    return _feed(request, mime=ATOM, file="atom.xml", **scope)


@require_safe
def json_feed(request: HttpRequest, **scope: str) -> HttpResponseBase:
    return _feed(request, mime=JSON_FEED, file="feed.json", **scope)


WRITERS = {RSS: formats.rss, ATOM: formats.atom, JSON_FEED: formats.json_feed}


def _feed(request: HttpRequest, *, mime: str, file: str, **scope: str) -> HttpResponseBase:
    sheet: Sheet = request.sheet  # type: ignore[attr-defined]
    try:
        about = feed_list(sheet=sheet, file=file, **scope)
    except PageMoved as moved:
        return HttpResponsePermanentRedirect(moved.url)
    except PageMissing as missing:
        raise Http404 from missing
    articles = list(about.articles.select_related("text")[:NEWEST])
    found = entries_of(articles, sheet=sheet)
    body = WRITERS[mime](Feed(sheet, about, found, file))
    return open_to_scripts(answer(request, body, mime=mime, changed_at=found.changed_at))
