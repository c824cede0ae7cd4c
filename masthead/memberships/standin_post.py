"""Carries the stand-in's notices to our own address, through the program, without a socket."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

_handlers: list[WSGIHandler] = []


def post_here(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that the program answers with."""
    if not _handlers:
        _handlers.append(WSGIHandler())
    network = urlsplit(settings.NETWORK_URL)
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": urlsplit(url).path,
        "HTTP_HOST": network.netloc,
        "wsgi.url_scheme": network.scheme,
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": headers["Content-Type"],
        "HTTP_STRIPE_SIGNATURE": headers["Stripe-Signature"],
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    told: list[str] = []

    def start(status: str, _headers: Any, _error: Any = None, /) -> Callable[[bytes], object]:
        told.append(status)
        return lambda _data: None

    answer = _handlers[0](environ, start)
    if hasattr(answer, "close"):
        answer.close()
    return int(told[0].split()[0])
