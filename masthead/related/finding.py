"""The list below an article, worked out."""

from dataclasses import dataclass

from masthead.articles.models import PublishedArticle
from masthead.related.knowing import (
    Rules,
    find_subject,
    known_articles,
    may_be_listed,
    newest_on_topics,
    picks_of,
)
from masthead.related.postings import candidates
from masthead.related.scoring import Known, Near, choose, nearness

# Candidates whose whole vectors are compared. More of them change no list worth mentioning.
COMPARED = 60
# An outlet that keeps to itself finds its own further down; then that many are looked through.
LOOKED_THROUGH = 600
FEW = 20  # by words; with fewer, what shares a topic is compared too
NEWEST_ON_TOPIC = 10


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
    """
    Work out the list below a public article; None when it is not live or not weighed yet.

    Five to eight short queries; the same answer for the same rows, whoever asks and whenever.
    """
    subject = find_subject(row, rules=rules)
    if subject is None:
        return None
    article, language = subject
    pinned_ids, banned = picks_of(article.article_id)
    near = _near(article, language=language, rules=rules)
    allowed = [each for each in near if _is_allowed(article, each, rules)]
    pinned = _pinned(article, pinned_ids, rules)
    chosen = choose(article, allowed, pinned=pinned, banned=banned)
    return Found(article, chosen, near, frozenset(each.article_id for each in pinned))


def _near(article: Known, *, language: str, rules: Rules) -> list[Near]:
    is_alone = article.outlet_id in rules.alone
    most = LOOKED_THROUGH if is_alone else COMPARED
    found = candidates(article.weights, language=language, most=most + 1)
    rows = [row for row in found if row != article.row]
    if is_alone:
        rows = _own_and_first(rows, article.outlet_id)
    if len(rows) < FEW:
        have = set(rows)
        more = newest_on_topics(article, most=NEWEST_ON_TOPIC)
        rows += [row for row in more if row not in have]
    others = known_articles(rows, article=article, rules=rules)
    return [nearness(article, other) for other in others]


def _own_and_first(rows: list[int], outlet_id: int) -> list[int]:
    """The first of all outlets, which the article may stand below, and the first of its own."""
    first, rest = rows[:COMPARED], rows[COMPARED:]
    own = set(may_be_listed().filter(outlet=outlet_id, pk__in=rest).values_list("pk", flat=True))
    return first + [row for row in rest if row in own][:COMPARED]


def _is_allowed(article: Known, near: Near, rules: Rules) -> bool:
    return rules.may_stand(below=article.outlet_id, of=near.other.outlet_id)


def _pinned(article: Known, ids: list[int], rules: Rules) -> list[Known]:
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
    pinned = known_articles(wanted, article=article, rules=rules)
    return [
        other for other in pinned if rules.may_stand(below=article.outlet_id, of=other.outlet_id)
    ]
