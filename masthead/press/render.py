"""
The anonymous render: a `ReaderPage` becomes HTML and headers.

It is given no request. What a shared page must never depend on, it cannot see.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import to_locale

from masthead.changes.shown import fresh_until
from masthead.outlets.icons import favicon
from masthead.outlets.page import ReaderPage
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.outlets.styles import csp_hash, page_css, parts_of
from masthead.pictures.queries import PictureData, picture_data
from masthead.press.asking import Asking
from masthead.press.headers import POLICY, cache_control
from masthead.press.page_parts import css_of_parts, places_on

DATED = {"front", "network"}  # kinds of pages that say what day it is


@dataclass(frozen=True)
class Printed:
    """
    A page ready to be sent: body as UTF-8, its headers and status.

    keys: of everything it shows. fresh_until: when it goes out of date by itself.
    for_all: whether it is the same for every class of readers.
    """

    body: bytes
    headers: dict[str, str]
    status: int
    keys: frozenset[str] = frozenset()
    fresh_until: datetime | None = None
    for_all: bool = False


def print_page(page: ReaderPage, *, asking: Asking, is_preview: bool = False) -> Printed:
    """Render a page. Language and time zone of its outlet must be in force."""
    asked = {
        **page.context,
        "sheet": page.sheet,
        "page_kind": page.kind,
        "reader_class": asking.reader,
        "is_preview": is_preview,
    }
    parts = css_of_parts(places_on(page.kind), asked)
    css = page_css([*parts_of(page.kind, body=page.body_kinds), *parts], page.sheet.look)
    style_source = csp_hash(css)
    context = {
        **asked,
        "css": css,
        "style_source": style_source,
        "head": _head(page),
        "today": _today(page, asking),
        "logo": _logo(page.sheet),
    }
    body = render(page.template, context).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": page.sheet.language,
        "Content-Security-Policy": POLICY.format(style=style_source),
        "Cache-Control": cache_control(
            asking.variant, holds_members_text=is_preview or page.holds_members_text
        ),
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    }
    return Printed(body, headers, page.status)


def respond(printed: Printed) -> HttpResponse:
    response = HttpResponse(printed.body, status=printed.status)
    for name, value in printed.headers.items():
        response.headers[name] = value
    return response


def _today(page: ReaderPage, asking: Asking) -> datetime | None:
    """The date stands on fronts only: a page that shows it is another one after midnight."""
    if page.kind not in DATED:
        return None
    today = asking.at.astimezone(ZoneInfo(page.sheet.timezone))
    tomorrow = (today + timedelta(days=1)).date()
    fresh_until(datetime.combine(tomorrow, time(), tzinfo=today.tzinfo))
    return today


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
