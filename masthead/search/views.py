"""The results page and what is offered as one types; each search has one address."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from masthead.changes import keys
from masthead.changes.shown import collecting, shows
from masthead.outlets.page import ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.headers import PRIVATE, printed_keys
from masthead.press.reader_view import Builder, ReaderView, machine_answer, reader_view
from masthead.press.render import Printed, print_page
from masthead.search import kept
from masthead.search.limits import SearchBusy
from masthead.search.pages import search_page
from masthead.search.searching import PARAMS, Search, read_search
from masthead.search.suggesting import as_json, begun, suggest

TRY_AGAIN_SECONDS = 5
# A cache in front that is told nothing shows an answer so long and never afterwards: it may have
# been withdrawn what it shows.
SHARED = "public, max-age=10, s-maxage=10"


class SearchView(ReaderView):
    """
    Sends every other spelling of a search to its one address.

    is_of_network: over all outlets, which have no sections in common.
    """

    def __init__(self, build: Builder, *, is_of_network: bool = False, **more: Any) -> None:
        super().__init__(build, **more)
        self.is_of_network = is_of_network

    def __call__(self, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        asking = self.asking(request)
        whose = None if self.is_of_network else asking.sheet
        search = read_search(asking.params, sheet=whose)
        is_settled = read_search(search.params, sheet=whose) == search
        is_other = request.GET.dict() != search.params
        if is_other and is_settled and request.method in {"GET", "HEAD"}:
            answer = HttpResponseRedirect(asking.sheet.url(search.address))
            answer["Cache-Control"] = SHARED
            return answer
        return super().__call__(request, **arguments)


def answered(
    asking: Asking, whose: Sheet | None, page: Callable[[Search, bool], ReaderPage]
) -> Printed:
    """
    The page for a search, from what is kept where it can be.

    whose: the outlet in which is searched; None for all of them. page: is told whether there is
    no room for the search now.
    """
    search = read_search(asking.params, sheet=whose)

    def printed() -> Printed:
        return print_page(page(search, False), asking=asking)

    try:
        return _kept(kept.pages, asking, (whose is None, search.address), printed)
    except SearchBusy:
        return _later(print_page(page(search, True), asking=asking))


def _results(asking: Asking) -> Printed:
    sheet = asking.sheet
    return answered(
        asking,
        sheet,
        lambda search, is_busy: search_page(sheet=sheet, search=search, is_busy=is_busy),
    )


results = SearchView(_results, params=PARAMS, on_shelf=False)


@reader_view(params=("q",), on_shelf=False)
def suggestions(asking: Asking) -> Printed:
    """{"suggestions": [{"headline", "url"}]}; none for less than two letters."""
    words = begun(asking.params.get("q", ""))

    def printed(words: list[str] = words) -> Printed:
        body = as_json(suggest(words, sheet=asking.sheet) if words else [])
        return machine_answer(body, mime="application/json", asking=asking)

    try:
        return _kept(kept.suggestions, asking, " ".join(words), printed)
    except SearchBusy:
        return _later(replace(printed([]), status=503))


def _kept(where: kept.Kept, asking: Asking, key: Hashable, make: Callable[[], Printed]) -> Printed:
    """With the keys of what it shows, so that caches in front drop it in time."""
    sheet = asking.sheet

    def printed() -> Printed:
        with collecting() as shown:
            shows(keys.outlet(sheet.id))
            made = make()
        headers = made.headers | printed_keys(shown.keys)
        if asking.variant.is_public:
            headers["Cache-Control"] = SHARED
        return replace(made, headers=headers, keys=frozenset(shown.keys))

    return where.answer((sheet.id, sheet.prefix, asking.variant.name, key), printed)


def _later(printed: Printed) -> Printed:
    told = {"Retry-After": str(TRY_AGAIN_SECONDS), "Cache-Control": PRIVATE}
    return replace(printed, headers={**printed.headers, **told})
