"""Reads for the desk: the list below an article with its reasons, and what could be pinned."""

from dataclasses import dataclass

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.related.knowing import may_be_listed
from masthead.related.models import Pick, Related
from masthead.related.scoring import SHOWN

MOST_FOUND = 10


@dataclass(frozen=True)
class Line:
    """One article in a list, for editors. why: None for one that is only banned."""

    article_id: int
    headline: str
    outlet: str
    pick: str
    is_shown: bool
    score: float
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
            pick=Pick.Kind.PIN if each.is_pinned else "",
            is_shown=place < SHOWN,
            score=each.score,
            words=each.why.get("words", []),
            topics=each.why.get("topics", []),
        )
        for place, each in enumerate(listed)
    ]


def banned_below(article: ArticlePage) -> list[ArticlePage]:
    picks = Pick.objects.filter(article=article, kind=Pick.Kind.BAN).select_related("other")
    return [pick.other for pick in picks.order_by("at", "pk")]


def find_to_pin(article: ArticlePage, *, words: str) -> list[PublishedArticle]:
    """Public articles with these words in their headline, the newest first."""
    found = may_be_listed().exclude(article=article).select_related("outlet")
    for word in words.split()[:6]:
        found = found.filter(headline__icontains=word)
    return list(found.order_by("-published_at", "-pk")[:MOST_FOUND])
