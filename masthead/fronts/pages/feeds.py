"""The page of feeds, and a list's own feeds as links."""

from typing import Any

from django.utils.translation import gettext as _

from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import breadcrumbs, outlet_open_graph

# Label, media type and file of each form a feed has.
FORMS = [
    ("RSS", "application/rss+xml", "feed.xml"),
    ("Atom", "application/atom+xml", "atom.xml"),
    ("JSON", "application/feed+json", "feed.json"),
]


def feeds_page(*, sheet: Sheet) -> ReaderPage:
    """Every feed of the outlet and its sections, to be copied into a reader."""
    title = {"title": sheet.name, "feeds": [_forms(sheet, sheet.name, "")]}
    sections = {
        "title": _("Sections"),
        "feeds": [_forms(sheet, each.name, each.path) for each in sheet.sections],
    }
    invitation = _("Read every article in full in a reader of your own, without an account.")
    head = Head(
        title=_("Feeds"),
        description=f"{sheet.name}: {invitation}",
        canonical=sheet.absolute("feeds/"),
        og=outlet_open_graph(sheet),
        json_ld=[breadcrumbs(sheet, [(_("Feeds"), "feeds/")])],
        feeds=feed_links(sheet, path="", name=sheet.name),
    )
    groups = [title, sections] if sheet.sections else [title]
    return ReaderPage(sheet, "feeds", "fronts/feeds.html", head, {"groups": groups})


def feed_links(sheet: Sheet, *, path: str, name: str) -> list[dict[str, str]]:
    """The three feeds of a list, as <link> elements."""
    return [
        {"title": f"{name} ({label})", "type": mime, "href": sheet.url(path + file)}
        for label, mime, file in FORMS
    ]


def _forms(sheet: Sheet, name: str, path: str) -> dict[str, Any]:
    return {
        "name": name,
        "forms": [{"label": label, "href": sheet.url(path + file)} for label, _mime, file in FORMS],
    }
