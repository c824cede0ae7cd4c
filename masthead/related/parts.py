"""What stands below an article: more of the same section."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from masthead.articles.cards import cards
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart
from masthead.related.queries import neighbours

MOST = 3


def more_from_section(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    What the section published just before this article; below its oldest also just after. One
    query.

    Stands aside on a page that is no article's, and for a section that has nothing else.
    """
    article = context.get("article")
    if not article or article["section"] is None:
        return None
    sheet: Sheet = context["sheet"]
    section = article["section"]
    near = neighbours(
        section=section,
        article_id=article.get("id"),
        at=article["published_at"],
        most=MOST,
    )
    if sum(each.published_at < article["published_at"] for each in near) < MOST:
        # Among a section's oldest the list is filled up with what comes after them.
        shows(keys.newest(keys.section(section.id)))
    shows(*(keys.row(keys.section(section.id), each.article_id) for each in near))
    if not near:
        return None
    return {
        "title": _("More from %(section)s") % {"section": section.name},
        "cards": cards(near, sheet=sheet),
    }


# Its CSS is among an article page's own components.
RELATED = PagePart(
    name="related",
    place="after_article",
    template="articles/parts/card_grid.html",
    build=more_from_section,
)
