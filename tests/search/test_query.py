"""What a reader typed, made harmless for both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.search.query import MOST_WORDS, SearchQuery, read_query


@pytest.mark.parametrize(
    ("typed", "phrases", "excluded"),
    [
        ("", (), ()),
        ("port", (("port",),), ()),
        ("Port Night", (("port",), ("night",)), ()),
        ('"night trial" port', (("night", "trial"), ("port",)), ()),
        ("port -night", (("port",),), (("night",),)),
        ('port -"night trial"', (("port",),), (("night", "trial"),)),
        ("well-known", (("well", "known"),), ()),
        ('"unclosed phrase', (("unclosed",), ("phrase",)), ()),
        ("AND OR NOT NEAR(a)", (("and",), ("or",), ("not",), ("near", "a")), ()),
        ("* ( ) : ^ ! & |", (), ()),
        ("_", (), ()),
        ("ميناء", (("ميناء",),), ()),
    ],
)
def test_words_phrases_and_exclusions(typed, phrases, excluded):
    assert read_query(typed) == SearchQuery(phrases, excluded)


def test_nothing_but_exclusions_asks_for_nothing():
    assert read_query("-port").is_empty


def test_the_first_eight_parts_count():
    assert len(read_query(" ".join("abcdefghijkl")).phrases) == MOST_WORDS


def test_each_databases_own_form():
    query = read_query('"night trial" port -ferry')

    assert query.as_fts5() == '("night trial" AND "port") NOT "ferry"'
    one = "phraseto_tsquery('simple', unaccent_immutable(%s))"
    assert query.as_tsquery() == (f"{one} && {one} && (!! {one})", ["night trial", "port", "ferry"])


@given(st.text(max_size=200))
def test_only_letters_and_digits_come_through(typed):
    query = read_query(typed)

    words = [word for phrase in (*query.phrases, *query.excluded) for word in phrase]
    assert [word for word in words if not word.isalnum()] == []
