"""The outlet, its network, its sections; and what the API says of itself."""

from django.utils.translation import gettext as _

from masthead.api.addresses import PREFIX
from masthead.api.answers import answer, api_view, page_of
from masthead.api.description.document import document
from masthead.api.documentation import documentation_page
from masthead.api.outlets import outlet_in_full, outlet_line, section_line, sister_line
from masthead.api.problems import NothingHere
from masthead.outlets.page import ReaderPage
from masthead.press.asking import Asking
from masthead.press.reader_view import reader_view
from masthead.press.render import Printed


@reader_view()
def documentation(asking: Asking) -> ReaderPage:
    """For people."""
    return documentation_page(sheet=asking.sheet)


@api_view()
def openapi(asking: Asking) -> Printed:
    return answer(asking, document(sheet=asking.sheet))


@api_view()
def outlet(asking: Asking) -> Printed:
    return answer(asking, outlet_in_full(asking.sheet))


@api_view()
def outlets(asking: Asking) -> Printed:
    """This one first, then its sisters in the network's order."""
    sheet = asking.sheet
    sisters = [sister_line(each) for each in sheet.sisters if each.id != sheet.id]
    return page_of(asking, [outlet_line(sheet), *sisters], next_url=None)


@api_view()
def sections(asking: Asking) -> Printed:
    sheet = asking.sheet
    return page_of(asking, [section_line(each, sheet) for each in sheet.sections], next_url=None)


@api_view(on_shelf=False)
def missing(asking: Asking) -> Printed:
    """What is not in the API. There is no end of such addresses, so none is kept."""
    where = asking.sheet.absolute(PREFIX)
    raise NothingHere(_("There is nothing at this address; see %(where)s.") % {"where": where})
