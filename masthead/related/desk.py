"""Reads for the desk: the list below an article with its reasons, and what could be pinned."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.related.knowing import may_be_listed
from masthead.related.models import Pick, Related
from masthead.related.scoring import SHOWN

MOST_FOUND = 10
# Scores, in words: of what is in lists about a sixth is very near, half is near.
VERY_NEAR, NEAR = 0.3, 0.15
OLD = 0.75  # age factor: halfway down


@dataclass(frozen=True)
class Line:
    """
    One article in a list, for editors. how_near: in words. is_old: so that it stands lower for it.
    """

    article_id: int
    headline: str
    outlet: str
    published_at: datetime
    pick: str
    is_shown: bool
    how_near: str
    is_old: bool
    words: list[str]
    topics: list[str]


def lines_below(article: ArticlePage) -> list[Line]:
    """As stored: pinned ones first, then by score; those beyond the shown are waiting."""
    listed = (
        Related.objects.filter(of__article=article, other__state=PublishedArticle.State.LIVE)
        .select_related("other__outlet")
        .order_by("place", "pk")
    )
    return [
        Line(
            article_id=each.other.article_id,
            headline=each.other.headline,
            outlet=each.other.outlet.title,
            published_at=each.other.published_at,
            pick=Pick.Kind.PIN if each.is_pinned else "",
            is_shown=place < SHOWN,
            how_near=_how_near(each.score),
            is_old=each.why.get("age", 1) < OLD,
            words=each.why.get("words", []),
            topics=each.why.get("topics", []),
        )
        for place, each in enumerate(listed)
    ]


def _how_near(score: float) -> str:
    if score >= VERY_NEAR:
        return _("On the same matter")
    return _("Much in common") if score >= NEAR else _("Something in common")


def banned_below(article: ArticlePage) -> list[ArticlePage]:
    picks = Pick.objects.filter(article=article, kind=Pick.Kind.BAN).select_related("other")
    return [pick.other for pick in picks.order_by("at", "pk")]


def find_to_pin(article: ArticlePage, *, words: str) -> list[PublishedArticle]:
    """Public articles with these words in their headline, the newest first."""
    found = may_be_listed().exclude(article=article).select_related("outlet")
    for word in words.split()[:6]:
        found = found.filter(headline__icontains=word)
    return list(found.order_by("-published_at", "-pk")[:MOST_FOUND])
