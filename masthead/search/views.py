"""The results page; printed each time, for what people type has no end."""

from dataclasses import replace

from masthead.press.asking import Asking
from masthead.press.headers import PRIVATE
from masthead.press.reader_view import reader_view
from masthead.press.render import Printed, print_page
from masthead.press.views import PLACES, places
from masthead.search.limits import SearchBusy
from masthead.search.pages import busy_page, search_page

TRY_AGAIN_SECONDS = 5


@reader_view(params=("q", *PLACES), on_shelf=False)
def results(asking: Asking) -> Printed:
    typed = asking.params.get("q", "")
    try:
        page = search_page(sheet=asking.sheet, typed=typed, **places(asking))
    except SearchBusy:
        busy = print_page(busy_page(sheet=asking.sheet, typed=typed), asking=asking)
        later = {"Retry-After": str(TRY_AGAIN_SECONDS), "Cache-Control": PRIVATE}
        return replace(busy, headers={**busy.headers, **later})
    return print_page(page, asking=asking)
