"""What every answer to a machine carries: its type, how fresh it is, and 304 when it is known."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from masthead.press.render import SHARED


def answer(
    request: HttpRequest, body: bytes, *, mime: str, changed_at: datetime | None = None
) -> HttpResponseBase:
    """
    The body in UTF-8, or 304 for somebody who has it already.

    The ETag is the body's own hash, so a withdrawal shows although it makes nothing newer.
    """
    response = HttpResponse(body, content_type=f"{mime}; charset=utf-8")
    response.headers["Cache-Control"] = SHARED
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    stamp = int(changed_at.timestamp()) if changed_at else None
    if stamp is not None:
        response.headers["Last-Modified"] = http_date(stamp)
    return get_conditional_response(request, etag, stamp, response) or response


def open_to_scripts(response: HttpResponseBase) -> HttpResponseBase:
    """Public data that scripts on any site may read."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
