"""How near two articles are and which of them make a list, without a database."""

from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masthead.related.memory import Recent
from masthead.related.scoring import (
    KEPT,
    LEAST,
    Known,
    age_factor,
    choose,
    nearness,
    reasons,
    seen_from,
    tells_nothing_new,
)
from masthead.related.weighing import (
    LENGTH,
    MOST_WORDS,
    Counted,
    cosine,
    count_text,
    packed,
    unpacked,
    weigh,
)
from tests.factories import NOON

WORDS = [f"word{letter}" for letter in "abcdefghij"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def known(row: int, text: str, *, days: float = 0, **fields: object) -> Known:
    counted = count_text(headline="", text=text, language="tl")
    words, weights, plain = packed(weigh(counted, {}, 0))
    return Known(
        row=row,
        article_id=row,
        outlet_id=1,
        published_at=NOON - timedelta(days=days),
        weights=unpacked(words, weights),
        plain=plain,
        half_life_days=90,
        **fields,  # type: ignore[arg-type]
    )


@settings(suppress_health_check=[HealthCheck.too_slow])  # of a machine that has much to do
@given(st.lists(texts, max_size=14), texts, st.sets(st.integers(1, 14)), st.integers(1, 14))
def test_no_list_holds_what_is_banned_itself_or_the_same_twice(
    others: list[str], text: str, banned: set[int], pin: int
) -> None:
    article = known(0, text)
    all_known = [known(row, each) for row, each in enumerate(others, start=1)]
    pinned = [each for each in all_known if each.row == pin]
    near = [nearness(article, each) for each in [article, *all_known]]

    chosen = choose(article, near, pinned=pinned, banned=banned)

    rows = [each.other.row for each in chosen]
    computed = [each for each in chosen if each.other not in pinned]
    assert len(set(rows)) == len(rows)
    assert not {0, *banned} & set(rows)
    assert len(computed) <= KEPT
    assert all(each.score >= LEAST for each in computed)
    assert rows[:1] == [pin] or pin in banned or not pinned
    assert not any(
        tells_nothing_new(one.other, [other.other]) for one, other in combinations(computed, 2)
    )
    assert choose(article, reversed(near), pinned=pinned, banned=banned) == chosen


@given(texts, texts)
def test_nearness_is_the_same_from_both_sides(one: str, other: str) -> None:
    here, there = known(1, one), known(2, other)

    near = nearness(here, there)

    assert seen_from(near, here).cosine == near.cosine
    assert 0 <= near.cosine <= 1.001
    assert nearness(here, here).cosine == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(("days", "factor"), [(-400, 1), (0, 1), (90, 0.75), (180, 0.625)])
def test_older_counts_for_less_and_newer_in_full(days: float, factor: float) -> None:
    assert age_factor(known(1, "a"), known(2, "b", days=days)) == pytest.approx(factor)


def test_of_two_as_near_the_newer_stands_first() -> None:
    article = known(0, "worda wordb wordc", days=9)
    old, new = known(1, "worda wordd", days=8), known(2, "worda worde", days=1)

    chosen = choose(article, [nearness(article, each) for each in (old, new)])

    assert [each.other.row for each in chosen] == [2, 1]


def test_a_topic_in_common_brings_two_nearer_at_most() -> None:
    article = known(0, "worda", topics=dict.fromkeys(range(3), "name"))
    near = [
        nearness(article, known(row, "wordb", topics=dict.fromkeys(range(row), "name")))
        for row in range(4)
    ]

    scores = [each.score for each in near]
    assert scores[0] == 0
    assert 0 < scores[1] < scores[2] == scores[3]


def test_editors_read_words_as_the_article_writes_them() -> None:
    article = known(0, "worda wordb", forms={"worda": "Wordas"}, topics={7: "Ferries"})
    other = known(1, "worda wordb wordc", topics={7: "Ferries", 8: "Cranes"})

    why = reasons(article, nearness(article, other))

    assert why["words"] == ["Wordas", "wordb"]
    assert why["topics"] == ["Ferries"]


def test_what_was_asked_for_lately_is_not_read_again_and_the_oldest_goes_first() -> None:
    asked: list[list[int]] = []

    def read(missing: list[int]) -> dict[int, int]:
        asked.append(missing)
        return {key: key * 10 for key in missing if key != 9}

    recent: Recent[int, int] = Recent(2)

    assert recent.of([1, 2, 9], read) == {1: 10, 2: 20}
    assert recent.of([1], read) == {1: 10}
    assert recent.of([3], read) == {3: 30}
    assert recent.of([1, 2], read) == {1: 10, 2: 20}
    assert asked == [[1, 2, 9], [3], [2]]


def test_rare_words_and_those_of_the_headline_weigh_more() -> None:
    counted = count_text(headline="Lanterns", text="lanterns pilots pilots boats", language="en")

    weights = weigh(counted, {"pilot": 900, "boat": 5}, 1000).weights

    assert list(weights) == ["lantern", "boat", "pilot"]


def test_numbers_letters_and_words_that_say_nothing_are_left_out() -> None:
    counted = count_text(headline="", text="The 12 ferries of 2026, s and the ferry", language="en")

    assert counted == Counted(Counter({"ferri": 2}), frozenset(), {"ferri": "ferries"})


def test_a_vector_keeps_the_heaviest_words_and_its_length() -> None:
    many = " ".join(f"{a}{b}" for a in WORDS for b in WORDS)
    words, weights, _plain = packed(weigh(count_text(headline="", text=many, language="tl"), {}, 0))

    kept = unpacked(words, weights)

    assert len(kept) == MOST_WORDS
    assert cosine(kept, kept) == pytest.approx(1, abs=0.01)
    assert max(kept.values()) < LENGTH
    assert unpacked(*packed(weigh(Counted(Counter(), frozenset(), {}), {}, 0))[:2]) == {}
