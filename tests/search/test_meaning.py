"""Did you mean, and what is offered as one types."""

import json

import pytest

from masthead.publishing.actions import withdraw_article
from masthead.search.query import read_query
from masthead.search.spelling import find_meant, slips
from tests.factories import NOON, a_section, an_outlet
from tests.search.conftest import carry_all, indexed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbuor", "harbour"),
        ("harbor", "harbour"),
        ("hxrbuor", "hxrbuor"),
        ("harbpurr", "harbour"),
        ("contai", "container"),
        ("harbours", "harbours"),
        ("nihgt harbur", "night harbour"),
        ('"nihgt trial"', '"nihgt trial"'),
        ("zzyzx", "zzyzx"),
        ("12345", "12345"),
        ("ab", "ab"),
        ("cafè", "cafè"),
    ],
)
def test_words_that_the_index_lacks_are_put_right(port, courier, typed, meant):
    indexed(port, "Night harbour trial", standfirst="A container at the café.")

    query = find_meant(read_query(typed), language="en", outlet_ids=[courier.pk])

    assert query.text == meant


@pytest.mark.parametrize(
    ("word", "other", "apart"),
    [
        ("harbour", "harbour", 2),
        ("harbour", "habrour", 2),
        ("harbour", "hrbuor", 2),
        ("harbour", "labors", None),
        ("port", "pirt", None),
        ("harb", "harbour", 3),
        ("har", "harbour", None),
    ],
)
def test_how_far_words_are_apart(word, other, apart):
    assert slips(word, other) == apart


def test_a_word_that_begins_alike_is_meant_before_one_that_is_everywhere(port, courier):
    for headline in ("The ferry is late", "A very late bus", "A very early train"):
        indexed(port, headline)

    query = find_meant(read_query("fery"), language="en", outlet_ids=[courier.pk])

    assert query.text == "ferry"


def test_the_page_offers_what_was_meant(port, read):
    indexed(port, "Night harbour")

    page = read("search/?q=nihgt").content.decode()

    assert 'Did you mean <a href="/courier/search/?q=night">night</a>?' in page


def test_what_was_withdrawn_is_not_meant_even_before_the_index_knows(port, read):
    article = indexed(port, "Night harbour")
    withdraw_article(article=article, by=None, at=NOON, reason="Wrong.")

    page = read("search/?q=harbuor").content.decode()

    assert (">harbour<" in page, "Did you mean" in page) == (False, False)


def test_another_outlets_words_are_not_meant(port, read):
    indexed(a_section(an_outlet(slug="tideline", title="Tideline"), "Coast"), "Night harbour")

    assert "Did you mean" not in read("search/?q=harbuor").content.decode()


def offered(read, typed: str) -> list[str]:
    answer = read(f"search/suggest.json?q={typed}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json; charset=utf-8")
    return [each["headline"] for each in json.loads(answer.content)["suggestions"]]


def test_headlines_are_offered_as_one_types(port, read):
    indexed(port, "Night trial", text="<p>Harbour.</p>")
    indexed(port, "Éclair at night")
    indexed(a_section(an_outlet(slug="tideline", title="Tideline"), "Coast"), "Night elsewhere")

    assert offered(read, "ni") == ["Éclair at night", "Night trial"]
    assert offered(read, "NIGHT%20tr") == ["Night trial"]
    assert offered(read, "ecl") == ["Éclair at night"]
    assert [offered(read, each) for each in ("n", "", "harb", "%22*", "trial%20x")] == [[]] * 5


def test_what_is_offered_leads_to_the_article(port, read):
    indexed(port, "Night trial")

    offer = json.loads(read("search/suggest.json?q=night").content)["suggestions"][0]

    assert read(offer["url"].removeprefix("/courier/")).status_code == 200


def test_counts_of_words_go_with_their_articles(port, courier):
    article = indexed(port, "Night harbour")
    indexed(port, "Day harbour")
    carry_all()

    withdraw_article(article=article, by=None, at=NOON, reason="Wrong.")
    carry_all()

    query = find_meant(read_query("nihgt harbuor"), language="en", outlet_ids=[courier.pk])
    assert query.text == "nihgt harbour"
