"""What a reader typed, made harmless for both databases, and the one way to write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.search.query import MOST_CHARACTERS, MOST_PARTS, Part, SearchQuery, read_query


def words(*parts: str) -> tuple[Part, ...]:
    return tuple(Part(tuple(part.split())) for part in parts)


def exactly(*parts: str) -> tuple[Part, ...]:
    return tuple(Part(tuple(part.split()), is_exact=True) for part in parts)


@pytest.mark.parametrize(
    ("typed", "parts", "excluded"),
    [
        ("", (), ()),
        ("port", words("port"), ()),
        ("Port Night", words("port", "night"), ()),
        ('"night trial" port', (*exactly("night trial"), *words("port")), ()),
        ("“night trial”", exactly("night trial"), ()),
        ("port -night", words("port"), words("night")),
        ('port -"night trial"', words("port"), exactly("night trial")),
        ("well-known", words("well known"), ()),
        ("port port", words("port"), ()),
        ('"unclosed phrase', words("unclosed", "phrase"), ()),
        ("AND OR NOT NEAR(a)", words("and", "or", "not", "near a"), ()),
        ("* ( ) : ^ ! & |", (), ()),
        ("_", (), ()),
        ("ميناء", words("ميناء"), ()),
    ],
)
def test_words_phrases_and_exclusions(typed, parts, excluded):
    assert read_query(typed) == SearchQuery(parts, excluded)


def test_nothing_but_exclusions_asks_for_nothing():
    assert read_query("-port").is_empty


def test_the_first_eight_parts_count():
    assert len(read_query(" ".join("abcdefghijkl")).parts) == MOST_PARTS


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  Port   NIGHT ", "port night"),
        ("“Night Trial”  -FERRY well–known", '"night trial" well-known -ferry'),
        ("ferry!!! (strike)", "ferry strike"),
    ],
)
def test_a_search_is_written_in_one_way(typed, text):
    assert read_query(typed).text == text


@given(st.text(max_size=200))
def test_only_letters_digits_and_their_marks_come_through(typed):
    query = read_query(typed)

    parts = [word for part in (*query.parts, *query.excluded) for word in part.words]
    assert [word for word in parts if any(sign in word for sign in "\"'\\:*&|!()<>^ \0")] == []
    assert len(query.text) <= MOST_CHARACTERS + 2 * MOST_PARTS
