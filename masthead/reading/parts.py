"""The list of what is read most: on the front, and beside the articles of the last days."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart
from masthead.reading.queries import LEAST_ARTICLES, SHOWN, most_read

# The list changes several times a day, and each page that has it is then printed again. So it
# stands where most people read: on a whole archive it would keep the printer busy for nobody.
BESIDE_ARTICLES_OF = timedelta(days=7)


def beside_article(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    Without the article itself. One query.

    Stands aside on previews, beside older articles, and while there is too little to tell.
    """
    article = context.get("article")
    if not article or article.get("id") is None:
        return None
    if article["published_at"] < timezone.now() - BESIDE_ARTICLES_OF:
        return None
    return _listed(context["sheet"], without=article["id"])


def on_front(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """One query. Stands aside while there is too little to tell."""
    return _listed(context["sheet"], without=None)


def _listed(sheet: Sheet, *, without: int | None) -> dict[str, Any] | None:
    shows(keys.most_read(sheet.id))
    found = most_read(outlet_id=sheet.id)
    shows(*(keys.article(row.article_id) for row in found))
    others = [row for row in found if row.article_id != without][:SHOWN]
    if len(others) < LEAST_ARTICLES:
        return None
    articles = [{"url": sheet.url(row.path), "headline": row.headline} for row in others]
    return {"articles": articles}


MOST_READ = PagePart(
    name="most-read",
    place="rail",
    template="reading/most_read.html",
    build=beside_article,
    css=("most-read",),
    order=50,
)
MOST_READ_ON_FRONT = PagePart(
    name="most-read-on-front",
    place="front_column",
    template="reading/most_read.html",
    build=on_front,
    order=50,
)
