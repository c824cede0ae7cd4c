"""Writes after a release: what the released article is about, its list, and others' lists."""

from collections.abc import Iterable
from datetime import datetime

from masthead.articles.models import Kind, PublishedArticle
from masthead.publishing.queries import published_rows
from masthead.related.finding import find_list
from masthead.related.knowing import Rules, read_rules
from masthead.related.lists import improved_by, lists_with, write_lists
from masthead.related.vectors import articles_waiting, count_some, forget_vector, write_vector

# Words are counted as soon as a tenth of all is waiting for it: at once in a new network, where
# each article changes what is common, and in the night in a grown one.
WAITING_SHARE = 10


def follow_article(*, article_id: int, at: datetime) -> int:
    """
    Bring the index and all lists in step with what is public of an article; answers how many
    lists changed.

    First its words, then its own list and those that it stands in or improves, a few a
    transaction. Repeatable: whatever was killed half way is found again, because a list is only
    rewritten as a whole and says itself whom it holds.
    """
    rules = read_rules()
    touched: set[int] = set()
    for published in published_rows(article_id):
        touched |= {published.pk, *lists_with(published.pk)}
        if published.state == PublishedArticle.State.LIVE:
            write_vector(published)
        else:
            forget_vector(published.pk)
    _count_when_due()
    for published in published_rows(article_id):
        touched |= set(_improved(published, rules))
    return write_lists(touched, rules=rules, at=at)


def _improved(published: PublishedArticle, rules: Rules) -> list[int]:
    if not may_stand_anywhere(published):
        return []
    found = find_list(published.pk, rules=rules)
    return improved_by(found, rules=rules) if found else []


def may_stand_anywhere(published: PublishedArticle) -> bool:
    return published.state == PublishedArticle.State.LIVE and published.kind != Kind.SPONSORED


def _count_when_due() -> None:
    waiting, counted = articles_waiting()
    if waiting * WAITING_SHARE > counted:
        count_some()


def weigh_anew(rows: Iterable[int]) -> None:
    """The words of live articles, weighed by how common they are now. Repeatable."""
    live = PublishedArticle.objects.filter(
        pk__in=list(rows), state=PublishedArticle.State.LIVE
    ).select_related("text", "outlet")
    for published in live.order_by("pk"):
        write_vector(published)
