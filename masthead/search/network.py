"""A search through all outlets of the network, at the network's own address."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.queries import sheets
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.network import network_sheet
from masthead.press.render import Printed
from masthead.search.limits import room
from masthead.search.pages import NOINDEX, form, results
from masthead.search.searching import PARAMS, Search
from masthead.search.views import SearchView, answered

TEMPLATE = "search/network.html"


def network_search_page(*, known: list[Sheet], search: Search, is_busy: bool = False) -> ReaderPage:
    """Raises SearchBusy as an outlet's own does."""
    here = network_sheet(known[0])
    context = {
        **form(replace(here, sections=[]), search),
        "suggest_url": "",
        "elsewhere_url": "",
        "network_name": here.name,
        "outlets": [(each.wordmark or each.name, each.url(search.address)) for each in known],
        "is_busy": is_busy,
    }
    if not (search.is_empty or is_busy):
        with room.turn():
            context |= results(search, sheets=known, here=here)
    words = search.query.text
    title = _("Search: %(words)s") % {"words": words} if words else _("Search")
    head = Head(title=title, robots=NOINDEX)
    return ReaderPage(here, "search", TEMPLATE, head, context, status=503 if is_busy else 200)


def _results(asking: Asking) -> Printed:
    known = sheets()
    return answered(
        asking,
        None,
        lambda search, is_busy: network_search_page(known=known, search=search, is_busy=is_busy),
    )


network_results = SearchView(_results, params=PARAMS, on_shelf=False, is_of_network=True)


@require_safe
def network_search(request: HttpRequest) -> HttpResponseBase:
    """In the language and look of the network's own front; there is none with a lone outlet."""
    known = sheets()
    if len(known) < 2:
        raise Http404
    first = network_sheet(known[0])
    request.sheet = first  # type: ignore[attr-defined]
    with translation.override(first.language), timezone.override(first.timezone):
        return network_results(request)
