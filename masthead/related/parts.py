"""What stands below an article: more of the same section."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from masthead.articles.cards import cards
from masthead.articles.models import Kind
from masthead.articles.queries import in_section
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart

MOST = 3


def more_from_section(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    The newest articles of the section, without this one and without paid ones. One query.

    Stands aside on a page that is no article's, and for a section that has nothing else.
    """
    article = context.get("article")
    if not article or article["section"] is None:
        return None
    sheet: Sheet = context["sheet"]
    section = article["section"]
    others = in_section(section.id, is_top=section.parent_id is None).exclude(kind=Kind.SPONSORED)
    if article.get("id"):  # a preview's article may not have been published
        others = others.exclude(article=article["id"])
    found = cards(others[:MOST], sheet=sheet)
    if not found:
        return None
    return {"title": _("More from %(section)s") % {"section": section.name}, "cards": found}


# Its CSS is among an article page's own components.
RELATED = PagePart(
    name="related",
    place="after_article",
    template="articles/parts/card_grid.html",
    build=more_from_section,
)
