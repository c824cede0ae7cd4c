"""
The anonymous render: a `ReaderPage` becomes HTML and headers.

It is given no request. What a shared page must never depend on, it cannot see.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import to_locale

from masthead.outlets.icons import favicon
from masthead.outlets.page import ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.styles import csp_hash, page_css, parts_of
from masthead.pictures.queries import PictureData, picture_data
from masthead.press.page_parts import css_of_parts

# What a reader's page may load: its own inline style by hash, our modules, fonts and pictures;
# frames only for the providers' players, after a click.
POLICY = (
    "default-src 'none'; style-src {style}; script-src 'self'; img-src 'self' data:;"
    " font-src 'self'; media-src 'self'; connect-src 'self'; frame-src https:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'; manifest-src 'self'"
)
# Fresh a minute at the edge; the old page while a new one is fetched, and for ten days when the
# program behind is down.
SHARED = "public, max-age=10, s-maxage=60, stale-while-revalidate=30, stale-if-error=864000"
PRIVATE = "private, no-store"


@dataclass(frozen=True)
class Printed:
    """A page ready to be sent: body as UTF-8, its headers and status."""

    body: bytes
    headers: dict[str, str]
    status: int


def print_page(page: ReaderPage, *, at: datetime, is_preview: bool = False) -> Printed:
    """Render a page. Language and time zone of its outlet must be in force."""
    css = page_css([*parts_of(page.kind, body=page.body_kinds), *css_of_parts()], page.sheet.look)
    context = {
        **page.context,
        "sheet": page.sheet,
        "css": css,
        "head": _head(page),
        "page_kind": page.kind,
        "today": at.astimezone(ZoneInfo(page.sheet.timezone)),
        "is_preview": is_preview,
        "logo": _logo(page.sheet),
    }
    body = render_to_string(page.template, context).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": page.sheet.language,
        "Content-Security-Policy": POLICY.format(style=csp_hash(css)),
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    }
    return Printed(body, headers, page.status)


def respond(printed: Printed, *, shared: bool) -> HttpResponse:
    """shared: only for what an anonymous reader gets; anything else is never stored on the way."""
    response = HttpResponse(printed.body, status=printed.status)
    for name, value in printed.headers.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = SHARED if shared else PRIVATE
    return response


def _head(page: ReaderPage) -> dict[str, Any]:
    head = dict(page.head.__dict__)
    head["json_ld"] = [_as_script(each) for each in page.head.json_ld]
    # Open Graph is RDFa and says property; what is not goes by name.
    head["meta"] = [
        ("property" if name.startswith(("og:", "article:", "profile:")) else "name", name, content)
        for name, content in page.head.og
    ]
    head["locale"] = to_locale(page.sheet.language)
    head["icon"] = favicon(page.sheet.wordmark or page.sheet.name, page.sheet.look)
    return head


def _logo(sheet: Sheet) -> PictureData | None:
    return picture_data([sheet.logo_id]).get(sheet.logo_id) if sheet.logo_id else None


def _as_script(data: Any) -> SafeString:
    """JSON that cannot close its script element or open a comment in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308
