"""What stands below an article: what is on the same matter, and more of the same section."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from masthead.articles.cards import Card, cards
from masthead.articles.models import PublishedArticle
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart
from masthead.related.queries import neighbours, related_to
from masthead.related.scoring import SHOWN

MOST = 3


def related_articles(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    The stored list below the article. One query, and nothing is worked out.

    Stands aside where there is none: on other pages, previews of what is not published, and below
    an article that nothing resembles.
    """
    article = context.get("article")
    if not article or article.get("id") is None:
        return None
    shows(keys.related(article["id"]))
    sheet: Sheet = context["sheet"]
    found = related_to(article["id"], outlet_id=sheet.id, most=SHOWN)
    if not found:
        return None
    section = article.get("section")
    if section is not None:
        # “More from” leaves these out, and what comes to stand next to one of them belongs there.
        place = keys.section(section.id)
        shows(*(keys.row(place, each.article_id) for each in found if each.outlet_id == sheet.id))
    return {"title": _("Related articles"), "cards": list(_cards(found, sheet))}


def _cards(found: list[PublishedArticle], sheet: Sheet) -> Iterator[Card]:
    """An article of another title leads to that title, and names it where its section would be."""
    titles = {sister.id: sister for sister in sheet.sisters}
    for row, card in zip(found, cards(found, sheet=sheet), strict=True):
        if row.outlet_id == sheet.id:
            yield card
        elif (title := titles.get(row.outlet_id)) is not None:
            url = f"{title.base}/{row.path}"
            yield replace(
                card,
                url=url,
                absolute_url=url,
                kicker=title.name,
                section=None,
                section_url=f"{title.base}/",
            )


def more_from_section(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    What the section published just before this article; below its oldest also just after. One
    query. Never what stands under “Related articles” just above.

    Stands aside on a page that is no article's, and for a section that has nothing else.
    """
    article = context.get("article")
    if not article or article["section"] is None:
        return None
    sheet: Sheet = context["sheet"]
    section = article["section"]
    near = neighbours(
        section=section,
        outlet_id=sheet.id,
        article_id=article.get("id"),
        at=article["published_at"],
        most=MOST,
    )
    older = [each for each in near if each.published_at < article["published_at"]]
    if len(older) < MOST:
        # Among a section's oldest the list is filled up with what comes after them.
        shows(keys.newest(keys.section(section.id)))
    shows(*(keys.row(keys.section(section.id), each.article_id) for each in near))
    if not near:
        return None
    return {
        "title": _("More from %(section)s") % {"section": section.name},
        "cards": cards(near, sheet=sheet),
    }


# Their CSS is among an article page's own components.
RELATED = PagePart(
    name="related",
    place="after_article",
    template="articles/parts/card_grid.html",
    build=related_articles,
    order=50,
)
LATEST_IN_SECTION = PagePart(
    name="latest-in-section",
    place="after_article",
    template="articles/parts/card_grid.html",
    build=more_from_section,
    order=60,
)
