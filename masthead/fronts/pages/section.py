"""A section: its articles and those of the sections below it."""

from masthead.articles.queries import Place, in_section, listing
from masthead.changes import keys
from masthead.fronts.pages.lists import list_page, show_list
from masthead.outlets.page import ReaderPage
from masthead.outlets.sheet import Sheet, SheetSection


def section_page(
    *, sheet: Sheet, section: SheetSection, before: Place | None, after: Place | None
) -> ReaderPage:
    is_first = before is None and after is None
    articles = in_section(section.id, is_top=section.parent_id is None)
    found = listing(articles, before=before, after=after)
    show_list(keys.section(section.id), found=found, is_first=is_first)
    parent = sheet.find_section(section_id=section.parent_id) if section.parent_id else None
    trail = [(parent.name, parent.path)] if parent else []
    return list_page(
        sheet=sheet,
        kind="section",
        path=section.path,
        name=section.name,
        description=section.description,
        found=found,
        context={
            "section": section,
            "subsections": sheet.children_of(section),
            "parent": parent,
        },
        trail=[*trail, (section.name, section.path)],
        is_first=is_first,
    )
