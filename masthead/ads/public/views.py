"""The list, and the frames that HTML of others stands in."""

from uuid import UUID

from masthead.ads.chances import chances_of
from masthead.ads.listing import as_text, list_of
from masthead.ads.models import Creative, Place
from masthead.ads.places.offered import opened_by
from masthead.ads.providers import find_provider
from masthead.ads.public.frames import print_frame
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.page import PageMissing
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer, reader_view
from masthead.press.render import Printed

JSON = "application/json"


@reader_view()
def the_list(asking: Asking) -> Printed:
    """The same for everybody; devices that saw it within the last minute need not ask again."""
    shows(keys.advertising(asking.sheet.id))
    made = list_of(asking.sheet, at=asking.at, chances=chances_of(asking.sheet.id))
    return machine_answer(as_text(made), mime=JSON, asking=asking)


@reader_view()
def frame(asking: Asking, creative: UUID) -> Printed:
    """An approved creative of HTML."""
    shows(keys.advertising(asking.sheet.id))
    approved = Creative.objects.filter(kind=Creative.Kind.HTML, state=Creative.State.APPROVED)
    found = approved.filter(public_id=creative).first()
    if found is None:
        raise PageMissing
    return print_frame(found.html, link=found.link, title=str(found), asking=asking)


@reader_view()
def tag(asking: Asking, place: str) -> Printed:
    """A place that somebody else fills."""
    opened = next((each for each in opened_by(asking.sheet) if each.place == place), None)
    provider = find_provider(opened.provider) if opened else None
    if opened is None or provider is None:
        raise PageMissing
    made = provider.document(opened.settings, Place(place))
    return print_frame(
        made.html,
        title=str(provider.label),
        asking=asking,
        scripts=made.scripts,
        everything_else=made.everything_else,
    )
