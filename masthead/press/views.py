"""Readers' addresses: from what is asked to the page that is there."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from masthead.articles.models import PublishedArticle
from masthead.articles.pages import article_page
from masthead.articles.queries import Place, find_published
from masthead.fronts import pages as fronts
from masthead.outlets.page import PageMissing, ReaderPage
from masthead.outlets.plain_pages import plain_page
from masthead.outlets.queries import sheets
from masthead.press.asking import Asking
from masthead.press.errors import withdrawn_page
from masthead.press.network import network_page
from masthead.press.reader_view import reader_view
from masthead.readers.models import Benefit

PLACES = ("before", "after")  # where a page of a list begins or ends


def places(asking: Asking) -> dict[str, Place | None]:
    return {name: asking.place(name) for name in PLACES}


@reader_view()
def front(asking: Asking) -> ReaderPage:
    return fronts.front_page(sheet=asking.sheet, at=asking.at)


@reader_view(params=PLACES)
def topic(asking: Asking, slug: str) -> ReaderPage:
    return fronts.topic_page(sheet=asking.sheet, slug=slug, **places(asking))


@reader_view(params=PLACES)
def author(asking: Asking, slug: str) -> ReaderPage:
    return fronts.author_page(sheet=asking.sheet, slug=slug, **places(asking))


@reader_view()
def archive(asking: Asking) -> ReaderPage:
    return fronts.archive_page(sheet=asking.sheet)


@reader_view()
def feeds(asking: Asking) -> ReaderPage:
    return fronts.feeds_page(sheet=asking.sheet)


@reader_view(params=PLACES)
def month(asking: Asking, year: int, month: int) -> ReaderPage:
    return fronts.month_page(sheet=asking.sheet, year=year, month=month, **places(asking))


@reader_view(params=PLACES)
def page_at(asking: Asking, path: str) -> ReaderPage:
    """A section, a plain page or an article. Where one of them went, the middleware knows."""
    sheet = asking.sheet
    section = sheet.find_section_at(path)
    if section is not None:
        return fronts.section_page(sheet=sheet, section=section, **places(asking))
    plain = sheet.find_page_at(path)
    if plain is not None:
        return plain_page(sheet=sheet, page=plain)
    published = find_published(outlet_id=sheet.id, path=path)
    if published is None:
        raise PageMissing
    if published.state == PublishedArticle.State.WITHDRAWN:
        return withdrawn_page(sheet=sheet, published=published)
    return article_page(
        sheet=sheet,
        published=published,
        may_read_members=lambda: asking.reader.has(Benefit.MEMBERS_ARTICLES),
    )


@reader_view()
def network_front(asking: Asking) -> ReaderPage:
    """asking.sheet: the first outlet's, in whose language it is."""
    return network_page(sheets())


@require_safe
def network(request: HttpRequest) -> HttpResponseBase:
    """The network's own front: its outlets and what is new in each. A lone outlet is it."""
    known = sheets()
    if not known:
        return HttpResponseRedirect("/desk/")
    if len(known) == 1:
        return HttpResponseRedirect(known[0].url())
    request.sheet = known[0]  # type: ignore[attr-defined]
    with translation.override(known[0].language), timezone.override(known[0].timezone):
        return network_front(request)


@require_safe
def network_robots(request: HttpRequest) -> HttpResponse:
    """On the network's own host: the desk is nobody's to crawl; each outlet has its sitemap."""
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /account/", ""]
    lines += [f"Sitemap: {sheet.absolute('sitemap.xml')}" for sheet in sheets()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
