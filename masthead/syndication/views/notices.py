"""robots.txt and security.txt."""

from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.outlets.sheet import Sheet
from masthead.syndication.answers import answer

PLAIN = "text/plain"
# Endless lists of results, and what is not for readers.
NOT_FOR_ROBOTS = ("search/",)
NOT_FOR_ROBOTS_ANYWHERE = ("/desk/", "/account/")
GOOD_FOR = timedelta(days=180)  # RFC 9116: less than a year


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    sheet: Sheet = request.sheet  # type: ignore[attr-defined]
    closed = [sheet.url(path) for path in NOT_FOR_ROBOTS] + list(NOT_FOR_ROBOTS_ANYWHERE)
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        *(f"Sitemap: {sheet.absolute(name)}" for name in ("sitemap.xml", "sitemap-news.xml")),
    ]
    return answer(request, _text(lines), mime=PLAIN)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponseBase:
    """Where to report a hole in the site (RFC 9116); 404 while nobody could be reached."""
    sheet: Sheet = request.sheet  # type: ignore[attr-defined]
    contact = _contact(sheet)
    if not contact:
        raise Http404
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires(now=timezone.now()):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(dict.fromkeys([sheet.language, 'en']))}",
    ]
    if sheet.base.startswith("https://"):  # the standard takes no other address
        lines.append(f"Canonical: {sheet.absolute('.well-known/security.txt')}")
    return answer(request, _text(lines), mime=PLAIN)


def expires(*, now: datetime) -> datetime:
    """The first of a month about half a year on, so that the file changes monthly, not hourly."""
    later = now.astimezone(UTC) + GOOD_FOR
    return later.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _contact(sheet: Sheet) -> str:
    if sheet.contact_email:
        return f"mailto:{sheet.contact_email}"
    page = sheet.page_for("contact")
    return sheet.absolute(page.path) if page and sheet.base.startswith("https://") else ""


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
