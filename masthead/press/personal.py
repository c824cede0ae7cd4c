"""A page for one person: printed anew each time, kept nowhere."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from masthead.outlets.page import ReaderPage
from masthead.press.asking import Asking
from masthead.press.cookie import variant_of
from masthead.press.headers import PRIVATE
from masthead.press.render import print_page, respond


def personal_response(page: ReaderPage, request: HttpRequest, at: datetime) -> HttpResponse:
    asking = Asking(page.sheet, at, variant_of(request, at=at))
    response = respond(print_page(page, asking=asking))
    del response.headers["ETag"]
    response.headers["Cache-Control"] = PRIVATE
    # The address may be a secret. Not "no-referrer": browsers then send `Origin: null` with the
    # form, and the check against other sites' forms refuses it.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
