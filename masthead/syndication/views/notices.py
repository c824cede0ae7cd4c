"""robots.txt, security.txt, and whose publication an outlet is."""

from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from masthead.changes.shown import fresh_until
from masthead.outlets.page import PageMissing
from masthead.outlets.queries import find_sheet
from masthead.outlets.sheet import Sheet
from masthead.outlets.standard_site import publication_uri
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer, reader_view
from masthead.press.render import Printed

PLAIN = "text/plain"
# Endless lists of results, and what is not for readers.
NOT_FOR_ROBOTS = ("search/",)
NOT_FOR_ROBOTS_ANYWHERE = ("/desk/", "/account/")
GOOD_FOR = timedelta(days=180)  # RFC 9116: less than a year


@reader_view()
def robots(asking: Asking) -> Printed:
    sheet = asking.sheet
    closed = [sheet.url(path) for path in NOT_FOR_ROBOTS] + list(NOT_FOR_ROBOTS_ANYWHERE)
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        *(f"Sitemap: {sheet.absolute(name)}" for name in ("sitemap.xml", "sitemap-news.xml")),
    ]
    return machine_answer(_text(lines), mime=PLAIN, asking=asking)


@reader_view()
def security_txt(asking: Asking) -> Printed:
    """Where to report a hole in the site (RFC 9116); 404 while nobody could be reached."""
    sheet = asking.sheet
    contact = _contact(sheet)
    if not contact:
        raise PageMissing
    fresh_until(next_month(asking.at))
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires(now=asking.at):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(dict.fromkeys([sheet.language, 'en']))}",
    ]
    if sheet.base.startswith("https://"):  # the standard takes no other address
        lines.append(f"Canonical: {sheet.absolute('.well-known/security.txt')}")
    return machine_answer(_text(lines), mime=PLAIN, asking=asking)


@reader_view()
def publication(asking: Asking) -> Printed:
    """The outlet's record of the AT Protocol, proved by standing here (standard.site)."""
    uri = publication_uri(asking.sheet)
    if not uri:
        raise PageMissing
    return machine_answer(_text([uri]), mime=PLAIN, asking=asking)


@require_safe
def publication_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on the network's own host, where programs look for an outlet in path form."""
    sheet = find_sheet(slug=slug)
    uri = publication_uri(sheet) if sheet else ""
    if not uri:
        raise Http404
    return HttpResponse(_text([uri]), content_type=f"{PLAIN}; charset=utf-8")


def expires(*, now: datetime) -> datetime:
    """The first of a month about half a year on, so that the file changes monthly, not hourly."""
    later = now.astimezone(UTC) + GOOD_FOR
    return later.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def next_month(now: datetime) -> datetime:
    first = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)


def _contact(sheet: Sheet) -> str:
    if sheet.contact_email:
        return f"mailto:{sheet.contact_email}"
    page = sheet.page_for("contact")
    return sheet.absolute(page.path) if page and sheet.base.startswith("https://") else ""


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
