"""The network's own front page."""

from masthead.articles.queries import in_outlet
from masthead.fronts.pages import newest
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import outlet_open_graph

NEWEST = 3


def network_page(known: list[Sheet]) -> ReaderPage:
    """Two queries an outlet; there are a handful."""
    name = known[0].network_name
    outlets = [
        {"sheet": sheet, "cards": newest(in_outlet(sheet.id), sheet=sheet, most=NEWEST)}
        for sheet in known
    ]
    head = Head(title=name, canonical=known[0].network_base + "/", og=outlet_open_graph(known[0]))
    context = {"network_name": name, "outlets": outlets}
    return ReaderPage(known[0], "network", "outlets/network.html", head, context)
