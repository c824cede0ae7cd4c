"""
Members' articles in answers to one person: the month's free ones, and those given away.

None of it is ever on the shelf; every answer is `private, no-store`.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.articles.models import Access, PublishedArticle
from masthead.articles.pages import article_page
from masthead.articles.queries import find_published
from masthead.memberships import links, metering
from masthead.memberships.models import GiftLink
from masthead.memberships.views.pages import answer, home_of, sheet_of
from masthead.press.cookie import variant_of
from masthead.press.door.reads import is_by_person
from masthead.press.headers import PRIVATE
from masthead.press.personal import personal_response
from masthead.readers.models import Benefit, Reader
from masthead.readers.signing_in import reader_of

View = Callable[..., HttpResponse]


def from_our_pages(view: View) -> View:
    """
    Pages on the shelf carry no secret of a session; the browser itself says where a form stood.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if request.method == "POST" and not is_from_here(request):
            return answer(
                request,
                "sentence",
                _("This form was sent from another site."),
                status=403,
                words="",
            )
        return view(request, **arguments)

    return guarded


def is_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """
    POST reads a members' article as one of the month's free ones, if there is one left, and leads
    to GET, which shows what was read before. So looking at the address never counts.
    """
    published = _published(request, public_id)
    sheet, now = sheet_of(request), timezone.now()
    this = metering.Article(published.article_id, published.public_id)
    if published.access == Access.OPEN:
        return _see(sheet.url(published.path))
    reader = reader_of(request)
    browser = metering.Browser.of(request.COOKIES.get(metering.COOKIE, ""), sheet=sheet, at=now)
    is_member = variant_of(request, at=now).has(Benefit.MEMBERS_ARTICLES)
    if request.method == "POST":
        if is_member:
            return _see(request.path)
        return _read_on(request, published, reader, browser)
    if not (is_member or _has_read(request, this, reader, browser)):
        return _see(sheet.url(published.path))
    return _whole(request, published)


def _has_read(
    request: HttpRequest,
    this: metering.Article,
    reader: Reader | None,
    browser: metering.Browser,
) -> bool:
    if reader is None:
        return browser.has_read(this)
    at = timezone.now()
    return metering.has_read(reader=reader, article=this, sheet=sheet_of(request), at=at)


def _read_on(
    request: HttpRequest,
    published: PublishedArticle,
    reader: Reader | None,
    browser: metering.Browser,
) -> HttpResponse:
    sheet, now = sheet_of(request), timezone.now()
    this = metering.Article(published.article_id, published.public_id)
    response = _see(request.path)
    try:
        if reader is not None:
            metering.count_read(reader=reader, article=this, sheet=sheet, at=now)
            return response
        browser = browser.reads(this, sheet=sheet)
    except metering.NothingLeft:
        return answer(
            request,
            "nothing_left",
            _("The rest is for members"),
            status=403,
            came_from=published.path,
            is_signed_in=reader is not None,
        )
    response.set_cookie(
        metering.COOKIE,
        browser.value(sheet=sheet),
        max_age=metering.KEPT,
        # Only here: no page on the shelf is asked for with it.
        path=sheet.url("membership/"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def given(request: HttpRequest, token: str) -> HttpResponse:
    """By a link that a member gave away. What programs fetch is not counted."""
    now = timezone.now()
    link = links.find_link(token=token, sheet=sheet_of(request), at=now)
    if link is None:
        words = _("It is over, or was taken back.")
        return answer(request, "sentence", _("This link opens nothing"), status=410, words=words)
    lines = [(name.lower().encode(), value.encode()) for name, value in request.headers.items()]
    if request.method == "GET" and is_by_person(lines):
        links.count_opening(link=link)
    return _whole(request, link.published)


@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def giving(request: HttpRequest) -> HttpResponse:
    """A member's links of an outlet. POST with an article makes one, or finds it again."""
    reader = reader_of(request)
    if reader is None:
        return answer(request, "elsewhere", _("Give an article"), to="membership/links/")
    if request.method != "POST":
        return _links_page(request, reader)
    now = timezone.now()
    if not variant_of(request, at=now).has(Benefit.MEMBERS_ARTICLES):
        return _links_page(request, reader, trouble=_("Only members can give articles away."))
    try:
        named = UUID(request.POST.get("article", ""))
        published = _published(request, named)
        made = links.give_article(
            published=published, reader=reader, sheet=sheet_of(request), at=now
        )
    except ValueError as error:
        raise Http404 from error
    except links.NoneLeft as trouble:
        return _links_page(request, reader, trouble=str(trouble))
    return _links_page(request, reader, made=made)


@require_POST
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    reader = reader_of(request)
    mine = GiftLink.objects.filter(reader=reader) if reader else GiftLink.objects.none()
    links.take_back(link=get_object_or_404(mine, public_id=public_id), at=timezone.now())
    return _see(sheet_of(request).url("membership/links/"))


def _links_page(
    request: HttpRequest, reader: Reader, *, made: GiftLink | None = None, trouble: str = ""
) -> HttpResponse:
    sheet, now = sheet_of(request), timezone.now()
    rows = [
        {
            "it": each,
            "url": _address(request, each),
            "headline": each.published.headline,
            "is_good": each.ended_at is None and each.ends_at > now,
        }
        for each in links.links_of(reader=reader, sheet=sheet)[:60]
    ]
    return answer(
        request,
        "links",
        _("Articles you gave away"),
        status=422 if trouble else 200,
        rows=rows,
        made=_address(request, made) if made else "",
        left=links.left_of(reader=reader, sheet=sheet, at=now),
        trouble=trouble,
    )


def _address(request: HttpRequest, link: GiftLink) -> str:
    return f"{home_of(request)}membership/given/{links.token_of(link)}/"


def _published(request: HttpRequest, public_id: UUID) -> PublishedArticle:
    found = PublishedArticle.objects.filter(
        outlet_id=sheet_of(request).id, state=PublishedArticle.State.LIVE
    )
    return get_object_or_404(found, public_id=public_id)


def _whole(request: HttpRequest, named: PublishedArticle) -> HttpResponse:
    """All of it, at an address that no search engine keeps."""
    sheet = sheet_of(request)
    published = find_published(outlet_id=sheet.id, path=named.path)
    if published is None or published.state != PublishedArticle.State.LIVE:
        raise Http404
    page = article_page(sheet=sheet, published=published, may_read_members=lambda: True)
    page = replace(page, head=replace(page.head, robots="noindex"))
    return personal_response(page, request, timezone.now())


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path, status=303)
    response["Cache-Control"] = PRIVATE
    return response
