"""About, ethics, ownership, contact as readers' pages."""

from django.utils.safestring import mark_safe

from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.core.sanitise import plain_text
from masthead.core.text import shorten
from masthead.outlets.addresses import resolve_inside_links
from masthead.outlets.models import PlainPage
from masthead.outlets.page import Head, PageMissing, ReaderPage
from masthead.outlets.rich_text import whole_html
from masthead.outlets.sheet import Sheet, SheetPage
from masthead.outlets.structured_data import breadcrumbs, organisation, outlet_open_graph


def plain_page(*, sheet: Sheet, page: SheetPage) -> ReaderPage:
    """Raises PageMissing when it was taken down a moment ago."""
    found = PlainPage.objects.live().filter(pk=page.id).first()
    if found is None:
        raise PageMissing
    shows(keys.plain_page(page.id))
    html = resolve_inside_links(whole_html(found.text), sheet=sheet)
    head = Head(
        title=found.title,
        description=found.search_description or shorten(plain_text(html), most=160),
        canonical=sheet.absolute(page.path),
        og=outlet_open_graph(sheet),
        json_ld=[organisation(sheet), breadcrumbs(sheet, [(found.title, page.path)])],
    )
    shown = {"title": found.title, "html": mark_safe(html)}  # noqa: S308  (cleaned above)
    return ReaderPage(sheet, "plain", "outlets/plain.html", head, {"page": shown})
