from datetime import datetime

from django.http import HttpRequest

from masthead.articles.queries import Place
from masthead.outlets.page import ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.views import reader_view
from masthead.search.pages import search_page


@reader_view
def results(request: HttpRequest, sheet: Sheet, now: datetime) -> ReaderPage:
    places = {name: Place.read(request.GET.get(name, "")) for name in ("before", "after")}
    return search_page(sheet=sheet, typed=request.GET.get("q", ""), **places)
