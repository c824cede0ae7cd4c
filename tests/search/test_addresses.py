"""Each search has one address, and answers are kept for a moment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.press.render import Printed
from masthead.publishing.actions import withdraw_article
from masthead.search import kept as keeping
from masthead.search.kept import FRESH_SECONDS, Kept
from masthead.search.searching import PARAMS, read_search
from tests.factories import NOON
from tests.search.conftest import indexed


@pytest.mark.parametrize(
    ("asked", "settled"),
    [
        ("q=Ferry++Strike", "/courier/search/?q=ferry+strike"),
        ("q=ferry&section=&kind=&from=&to=", "/courier/search/?q=ferry"),
        ("utm_source=x&q=ferry", "/courier/search/?q=ferry"),
        ("q=ferry&kind=nonsense&before=x&page=9", "/courier/search/?q=ferry"),
        ("q=ferry&sort=best&page=900", "/courier/search/?q=ferry&sort=best&page=15"),
        ("q=%22&before=12", "/courier/search/"),
    ],
)
def test_other_spellings_lead_to_the_one_address(read, asked, settled):
    answer = read(f"search/?{asked}")

    assert (answer.status_code, answer.headers["Location"]) == (302, settled)
    assert read(settled.removeprefix("/courier/")).status_code == 200


@given(st.dictionaries(st.sampled_from(PARAMS), st.text(max_size=150)))
def test_the_one_address_leads_nowhere_else(params):
    search = read_search(params, sheet=None)
    once = read_search(search.params, sheet=None)

    assert read_search(once.params, sheet=None) == once


def test_answers_name_what_they_show_and_are_kept_in_caches_for_seconds(port, read):
    article = indexed(port, "Night trial")

    answer = read("search/?q=trial")

    assert answer["Cache-Control"] == "public, max-age=10, s-maxage=10"
    assert f"a{article.pk}" in answer["xkey"].split()
    assert answer["xkey"] == answer["Surrogate-Key"]


def test_an_answer_that_was_asked_for_twice_is_not_searched_again(
    port, read, django_assert_num_queries
):
    indexed(port, "Night trial")
    first, second = read("search/?q=trial"), read("search/?q=trial")

    with django_assert_num_queries(2):  # the outlet's sheet, the newest change
        third = read("search/?q=trial")

    assert first.content == second.content == third.content


def test_a_kept_answer_is_gone_with_the_article_it_shows(port, read):
    article = indexed(port, "Night trial")
    for _ in range(3):
        read("search/?q=trial")

    withdraw_article(article=article, by=None, at=NOON, reason="Wrong.")

    assert "Night trial" not in read("search/?q=trial").content.decode()
    assert "Night trial" not in read("search/suggest.json?q=night").content.decode()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def kept(monkeypatch):
    monkeypatch.setattr(keeping, "newest_number", lambda: 7)
    return Kept(most_bytes=5_000, clock=Clock())


def a_page(text: str = "page", *, size: int = 40) -> Printed:
    return Printed(text.ljust(size).encode(), {}, 200)


def test_what_is_asked_for_once_takes_no_room(kept):
    for n in range(5_000):
        kept.answer(n, a_page)

    assert (kept.bytes, len(kept._asked_once)) == (0, keeping.MOST_REMEMBERED)


def test_kept_answers_take_no_more_than_their_room(kept):
    for n in range(9):
        kept.answer(n, a_page)
        kept.answer(n, a_page)

    assert kept.bytes == 2 * (40 + keeping.BYTES_AROUND)


def test_answers_that_say_nothing_take_room_too(kept):
    """Fifty thousand made-up suggestions, each asked for twice, were a hundred megabytes."""
    for n in range(100):
        for _twice in range(2):
            kept.answer(n, lambda: a_page("", size=0))

    assert len(kept._answers) == 2


def test_an_answer_is_kept_for_some_seconds(kept):
    for text in "ab":
        kept.answer("key", lambda text=text: a_page(text))
    fresh = kept.answer("key", lambda: a_page("c"))
    kept._clock.now = FRESH_SECONDS

    assert (fresh.body[:1], kept.answer("key", lambda: a_page("d")).body[:1]) == (b"b", b"d")
