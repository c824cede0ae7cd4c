"""The files as ad systems ask for them: at the root of each outlet, and of the network."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from masthead.ads.authorised.queries import find_file
from masthead.ads.authorised.roots import root_of, root_of_sheet
from masthead.ads.models import SellersFile
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.page import PageMissing
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer, reader_view
from masthead.press.render import Printed

PLAIN = "text/plain"


@reader_view()
def ads_txt(asking: Asking) -> Printed:
    return _file(asking, SellersFile.Name.ADS, PLAIN)


@reader_view()
def app_ads_txt(asking: Asking) -> Printed:
    return _file(asking, SellersFile.Name.APP_ADS, PLAIN)


@reader_view()
def sellers_json(asking: Asking) -> Printed:
    return _file(asking, SellersFile.Name.SELLERS, "application/json")


def _file(asking: Asking, name: str, mime: str) -> Printed:
    """404 until the desk has kept one."""
    shows(keys.advertising(asking.sheet.id))
    file = find_file(root=root_of_sheet(asking.sheet), name=name)
    if file is None:
        raise PageMissing
    return machine_answer(file.text.encode(), mime=mime, asking=asking)


@require_safe
def of_network(request: HttpRequest, name: str) -> HttpResponse:
    """For outlets in path form: ad systems look at the root of the host alone."""
    host = urlsplit(settings.NETWORK_URL).hostname or ""
    file = find_file(root=root_of(host), name=name)
    if file is None:
        raise Http404
    mime = "application/json" if name == SellersFile.Name.SELLERS else PLAIN
    return HttpResponse(file.text, content_type=f"{mime}; charset=utf-8")
