"""The lists below articles, worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from masthead.articles.models import PublishedArticle
from masthead.related.knowing import (
    Picks,
    Rules,
    may_be_listed,
    newest_on_topics,
    picks_of,
    read_known,
    with_forms,
)
from masthead.related.memory import Recent
from masthead.related.postings import Word, asked_words, candidates, read_postings
from masthead.related.scoring import Known, Near, choose, nearness

# Candidates whose whole vectors are compared. More of them change no list worth mentioning.
COMPARED = 60
# An outlet that keeps to itself finds its own further down; then that many are looked through.
LOOKED_THROUGH = 600
FEW = 20  # by words; with fewer, what shares a topic is compared too
NEWEST_ON_TOPIC = 10
ARTICLES_KEPT, WORDS_KEPT = 3_000, 500  # some 20 MB, and at most 20


@dataclass(frozen=True)
class Index:
    """
    What lists are worked out from, as it is now. The lists of one index read everything once.

    Whoever keeps one must take another as soon as anything was released or weighed.
    """

    rules: Rules
    articles: Recent[int, Known] = field(default_factory=lambda: Recent(ARTICLES_KEPT))
    words: Recent[Word, Any] = field(default_factory=lambda: Recent(WORDS_KEPT))

    def known(self, rows: Iterable[int]) -> dict[int, Known]:
        return self.articles.of(rows, lambda missing: read_known(missing, rules=self.rules))

    def postings(self, articles: Iterable[Known]) -> dict[Word, Any]:
        asked = {
            (each.language, word): None for each in articles for word in asked_words(each.weights)
        }
        return self.words.of(asked, read_postings)


@dataclass(frozen=True)
class Found:
    """
    chosen: the list; pinned: ids of articles that stand in it because an editor said so.
    near: all that were compared, of any outlet: in whose lists the article may belong.
    """

    article: Known
    chosen: list[Near]
    near: list[Near]
    pinned: frozenset[int] = frozenset()


def find_list(row: int, *, rules: Rules) -> Found | None:
    """The list below one public article; None when it is not live or not weighed yet."""
    return find_lists([row], index=Index(rules)).get(row)


def find_lists(rows: Iterable[int], *, index: Index) -> dict[int, Found]:
    """
    Work out the lists below some public articles; without those that are not live or not weighed.

    Seven short queries for all together, and one or two more for each with picks, of an outlet that
    keeps to itself, or that few resemble. The same answer for the same rows, whoever asks, whenever
    and for how many.
    """
    articles = with_forms(index.known(rows))
    picks = picks_of(each.article_id for each in articles.values())
    postings = index.postings(articles.values())
    near = {row: _near(each, postings, index.rules) for row, each in articles.items()}
    others = index.known(dict.fromkeys(other for some in near.values() for other in some))
    return {
        row: _found(each, near[row], others, picks[each.article_id], index)
        for row, each in articles.items()
    }


def _found(
    article: Known, near: list[int], others: Mapping[int, Known], picks: Picks, index: Index
) -> Found:
    compared = [nearness(article, other) for other in _listable(near, others)]
    allowed = [each for each in compared if _is_allowed(article, each.other, index.rules)]
    pinned = _pinned(article, picks.pinned, index)
    chosen = choose(article, allowed, pinned=pinned, banned=picks.banned)
    return Found(article, chosen, compared, frozenset(each.article_id for each in pinned))


def _listable(rows: Iterable[int], known: Mapping[int, Known]) -> list[Known]:
    """In this order, without what somebody paid for or readers cannot read."""
    return [known[row] for row in rows if row in known and not known[row].is_paid_for]


def _near(article: Known, postings: Mapping[Word, Any], rules: Rules) -> list[int]:
    """The rows of those to compare it with."""
    is_alone = article.outlet_id in rules.alone
    most = LOOKED_THROUGH if is_alone else COMPARED
    found = candidates(article.weights, postings, language=article.language, most=most + 1)
    rows = [row for row in found if row != article.row]
    if is_alone:
        rows = _own_and_first(rows, article.outlet_id)
    if len(rows) < FEW:
        have = set(rows)
        more = newest_on_topics(article, most=NEWEST_ON_TOPIC)
        rows += [row for row in more if row not in have]
    return rows


def _own_and_first(rows: list[int], outlet_id: int) -> list[int]:
    """The first of all outlets, which the article may stand below, and the first of its own."""
    first, rest = rows[:COMPARED], rows[COMPARED:]
    own = set(may_be_listed().filter(outlet=outlet_id, pk__in=rest).values_list("pk", flat=True))
    return first + [row for row in rest if row in own][:COMPARED]


def _is_allowed(article: Known, other: Known, rules: Rules) -> bool:
    return rules.may_stand(below=article.outlet_id, of=other.outlet_id)


def _pinned(article: Known, ids: list[int], index: Index) -> list[Known]:
    """In the order in which they were pinned; at the article's own outlet where there is a choice.
    What readers cannot read now is left out, and is there again when they can."""
    if not ids:
        return []
    rows: dict[int, int] = {}
    live = PublishedArticle.objects.filter(article__in=ids).order_by("pk")
    for row, other, outlet_id in live.values_list("pk", "article_id", "outlet_id"):
        if other not in rows or outlet_id == article.outlet_id:
            rows[other] = row
    wanted = [rows[other] for other in ids if other in rows]
    pinned = _listable(wanted, index.known(wanted))
    return [other for other in pinned if _is_allowed(article, other, index.rules)]
