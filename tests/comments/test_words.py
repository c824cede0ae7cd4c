"""Words are found however they are dressed up, and in one pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.comments.words import Words


@pytest.mark.parametrize(
    ("listed", "text", "found"),
    [
        ("spam", "no SPAM here", ["SPAM"]),
        ("spam", "spammer", []),
        ("spam*", "spammer", ["spam"]),
        ("spam", "antispam", []),
        ("idiot", "an 1d10t!", ["1d10t"]),
        ("élan", "elan", ["elan"]),
        ("buy now", "Buy   now", []),
        ("buy now", "Buy now", ["Buy now"]),
        ("bad", "b\u200bad", ["b\u200bad"]),
        ("ﬁsh", "fish", ["fish"]),
        ("كلمة", "هذه كلمة سيئة", ["كلمة"]),
        ("*", "anything", []),
        ("ab", "ab ab", ["ab", "ab"]),
    ],
)
def test_what_is_found(listed: str, text: str, found: list[str]) -> None:
    assert [text[each.start : each.end] for each in Words([listed]).find(text)] == found


def test_words_inside_each_other_are_all_found() -> None:
    found = Words(["he", "she", "hers*"]).find("she hers")

    assert [each.word for each in found] == ["she", "hers*"]


@given(st.lists(st.text("ab", min_size=1, max_size=4), max_size=6), st.text("ab ", max_size=30))
def test_the_same_words_are_found_as_by_looking_for_each(listed: list[str], text: str) -> None:
    whole = f" {text} "
    expected = {word for word in listed if f" {word} " in whole}

    assert {each.word for each in Words(listed).find(text, most=1_000)} == expected
