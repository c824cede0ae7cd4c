"""
How much a text is like what the desk refused: naive Bayes over its words' stems.

Learns from the desk's own decisions alone, in each language for itself. It only ever holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log

from django.conf import settings
from django.db import connection
from django.db.models import F

from masthead.comments.models import Learned, LearnedWord
from masthead.comments.scorers import Asked, NoAnswer, others_score
from masthead.core.words import base_language, stems
from masthead.outlets.sheet import Sheet

LEAST_OF_EACH = 20  # decisions of each kind before it has an opinion
MOST_WORDS = 60  # of a text; those that say most
LONGEST_WORD = 40


@dataclass(frozen=True)
class Score:
    """value: between 0 (like what is approved) and 1; None without an opinion."""

    value: float | None = None
    has_failed: bool = False
    holds_when_failed: bool = True


def scored(text: str, *, sheet: Sheet, address: str | None = None) -> Score:
    """
    The higher of our own opinion and that of the scorer the operator has set. Two queries.

    May ask another machine: never call it inside a transaction.
    """
    own = own_score(text, sheet=sheet)
    asked = Asked(text, sheet.language, sheet.base, address or "")
    try:
        others = others_score(asked)
    except NoAnswer:
        holds = settings.OPERATOR["comment_scorer_fails"] == "hold"
        return Score(own, has_failed=True, holds_when_failed=holds)
    known = [each for each in (own, others) if each is not None]
    return Score(max(known, default=None))


def own_score(text: str, *, sheet: Sheet) -> float | None:
    """What the desk's decisions taught; None while they are too few. Two queries."""
    language = base_language(sheet.language)
    total = Learned.objects.filter(language=language).first()
    if total is None or min(total.approved, total.refused) < LEAST_OF_EACH:
        return None
    words = _words(text, sheet.language)
    rows = LearnedWord.objects.filter(language=language, word__in=words)
    known = {row.word: (row.approved, row.refused) for row in rows}
    return likeness(known, approved=total.approved, refused=total.refused)


def likeness(known: dict[str, tuple[int, int]], *, approved: int, refused: int) -> float:
    """
    known: in how many approved and refused texts each of the words was.

    Both kinds count as equally likely before anything is read, so that a desk that refuses little
    does not teach that nothing is spam.
    """
    weights = sorted(
        (
            log((in_refused + 0.5) / (refused + 1)) - log((in_approved + 0.5) / (approved + 1))
            for in_approved, in_refused in known.values()
        ),
        key=abs,
        reverse=True,
    )
    total = sum(weights[:MOST_WORDS])
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def learn(texts: Iterable[tuple[str, bool]], *, language: str) -> None:
    """From decided comments: (text, whether it was refused). Call inside a transaction."""
    code = base_language(language)
    counts: dict[str, list[int]] = {}
    totals = [0, 0]
    for text, is_refused in texts:
        totals[is_refused] += 1
        for word in _words(text, language):
            counts.setdefault(word, [0, 0])[is_refused] += 1
    if not Learned.objects.filter(language=code).update(
        approved=F("approved") + totals[0], refused=F("refused") + totals[1]
    ):
        Learned.objects.create(language=code, approved=totals[0], refused=totals[1])
    rows = [(code, word, in_both[0], in_both[1]) for word, in_both in sorted(counts.items())]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


ADD = (
    "INSERT INTO comments_learnedword (language, word, approved, refused) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (language, word) DO UPDATE SET"
    " approved = comments_learnedword.approved + excluded.approved,"
    " refused = comments_learnedword.refused + excluded.refused"
)


def _words(text: str, language: str) -> set[str]:
    return {each[:LONGEST_WORD] for each in stems(text, language) if len(each) > 1}
