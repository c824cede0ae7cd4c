"""What the outlet has corrected, newest first."""

from masthead.api.addresses import api_url
from masthead.api.answers import api_view, page_of
from masthead.api.corrections import correction_line
from masthead.api.queries import before_place, corrections_on
from masthead.articles.queries import PAGE_SIZE, Place
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.render import Printed


def is_correction(name: str, value: str, sheet: Sheet) -> bool:
    place = Place.read(value)
    if place is None or str(place) != value:
        return False
    return corrections_on(sheet.id).filter(pk=place.id, at=place.at).exists()


@api_view(params=("before",), is_linked=is_correction)
def corrections(asking: Asking) -> Printed:
    """One query. Every release of the outlet may bring one, wherever in the list."""
    sheet = asking.sheet
    shows(keys.dates(sheet.id))
    inside = before_place(corrections_on(sheet.id), asking.place("before"))
    found = list(inside[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    shows(*(keys.article(each.article_id) for each in shown))
    last = shown[-1] if len(found) > PAGE_SIZE else None
    older = api_url(sheet, "corrections", before=Place(last.at, last.pk)) if last else None
    return page_of(asking, [correction_line(each, sheet=sheet) for each in shown], next_url=older)
