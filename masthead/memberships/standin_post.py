"""Carries the stand-in's notices to our own address, through the program, without a socket."""

import io
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

_handlers: list[WSGIHandler] = []


def post_here(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that the program answers with."""
    if not _handlers:
        _handlers.append(WSGIHandler())
    network = urlsplit(settings.NETWORK_URL)
    environ: dict[str, object] = {
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
    # Not as a request from outside, at whose beginning and end connections are given up: it may be
    # part of an open transaction.
    return _handlers[0].get_response(WSGIRequest(environ)).status_code
