"""What readers find, and what nobody may find."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from masthead.articles.models import Access, Topic
from masthead.jobs.worker import run_due_jobs
from masthead.outlets.models import Outlet, Section
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.publishing.models import Release
from masthead.search.actions import index_release
from masthead.search.models import SearchEntry
from masthead.search.pages import extract
from masthead.search.queries import find_matches
from masthead.search.query import read_query
from tests.factories import NOON, a_section, an_article, an_author, an_outlet


@pytest.fixture
def found(courier: Outlet) -> Callable[[str], list[str]]:
    """Headlines found by what somebody typed, newest first."""

    def find(typed: str) -> list[str]:
        ids = find_matches(read_query(typed), outlet_id=courier.pk)
        names = dict(SearchEntry.objects.values_list("published", "headline"))
        return [names[each] for each in ids]

    return find


def indexed(section: Section, headline: str, **more: Any) -> Any:
    article = an_article(section, headline, **more)
    carry_all()
    return article


def carry_all() -> None:
    for release in Release.objects.order_by("pk"):
        index_release(release_id=release.pk)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("ships", True),
        ("SHIPS", True),
        ("night ships", True),
        ("night lorries", False),
        ('"after dark"', True),
        ('"dark after"', False),
        ("ships -night", False),
        ("ships -lorries", True),
        ("cafe", True),
        ("café", True),
        ("CAFÉ", True),
        ("okafor", True),
        ("tides", True),
        ("containers", True),
        ("shi", False),
    ],
)
def test_words_phrases_exclusions_and_accents(port, found, typed, wanted):
    tides = Topic.objects.create(name="Tides", slug="tides")
    indexed(
        port,
        "Night trial",
        standfirst="Containers wait at the café.",
        text="<p>Ships enter after <b>dark</b>.</p>",
        authors=[an_author()],
        topics=[tides],
    )

    assert found(typed) == (["Night trial"] if wanted else [])


def test_a_release_is_indexed_by_its_job(port, found):
    an_article(port, "Night trial")

    run_due_jobs()

    assert found("trial") == ["Night trial"]


def test_drafts_are_never_found(port, found):
    indexed(port, "Night trial", at=None)
    live = indexed(port, "Day trial")
    live.title = "Secret trial"
    live.save_revision()
    carry_all()

    assert found("trial") == ["Day trial"]


def test_withdrawn_articles_are_never_found_even_before_the_index_knows(port, read):
    article = indexed(port, "Night trial")

    withdraw_article(article=article, by=None, at=NOON, reason="Wrong.")

    page = read("search/?q=trial").content.decode()
    assert "Night trial" not in page


def test_withdrawing_takes_the_words_out_of_the_index(port, found):
    article = indexed(port, "Night trial")
    withdraw_article(article=article, by=None, at=NOON, reason="Wrong.")

    carry_all()

    assert (found("trial"), SearchEntry.objects.count()) == ([], 0)


def test_words_that_a_newer_version_lost_are_not_found(port, found):
    article = indexed(port, "Night trial", text="<p>Lorries.</p>")
    draft = article.get_latest_revision_as_object()
    draft.body = [("text", "<p>Ships.</p>")]
    draft.save_revision()
    article.refresh_from_db()
    publish_article(article=article, by=None, at=NOON)

    carry_all()

    assert (found("lorries"), found("ships")) == ([], ["Night trial"])


def test_a_members_text_is_not_found_but_its_headline_is(port, found):
    indexed(port, "Night trial", text="<p>Lorries.</p>", access=Access.MEMBERS)

    assert (found("lorries"), found("trial")) == ([], ["Night trial"])


def test_another_outlets_articles_are_not_found(port, found):
    elsewhere = a_section(an_outlet(slug="tideline", title="Tideline"), "Coast")
    indexed(elsewhere, "Night trial")

    assert found("trial") == []


def test_indexing_again_changes_nothing(port, found):
    indexed(port, "Night trial")

    carry_all()

    assert (found("trial"), SearchEntry.objects.count()) == (["Night trial"], 1)


def test_newest_articles_come_first(port, read):
    for name, days in (("Old trial", 9), ("New trial", 1), ("Middle trial", 5)):
        indexed(port, name, at=NOON - timedelta(days=days))

    page = read("search/?q=trial").content.decode()

    places = [page.index(f"{name} trial") for name in ("New", "Middle", "Old")]
    assert places == sorted(places)


def test_what_was_typed_is_shown_as_text(read):
    page = read(f"search/?q={quote('<script>alert(1)</script>')}").content.decode()

    assert "<script>alert(1)" not in page


def test_results_are_not_for_search_engines(read):
    assert 'content="noindex, follow"' in read("search/?q=x").content.decode()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=80))
@example('"')
@example("NEAR(a b, 5) OR *")
@example("_ -_")
@example('a" OR "b')
@example("col:val ^x")
@example("ª ² ½ Ⅷ")
@example("\x00\ud7ff\uffff")
@example("a'; DROP TABLE search_searchentry; --")
def test_whatever_is_typed_the_database_can_be_asked(courier, typed):
    found = find_matches(read_query(typed), outlet_id=courier.pk)

    assert found == []


@pytest.mark.parametrize("typed", ["", "%00", "%F0%9F%98%80", "a" * 3000, "-", '"', "%"])
def test_the_page_answers_anything(read, typed):
    assert read(f"search/?q={typed}").status_code == 200


def test_an_extract_marks_the_words_and_escapes_the_rest():
    text = "one <b> two & three"

    assert extract(text, {"two"}) == "one &lt;b&gt; <mark>two</mark> &amp; three"


def test_an_extract_of_a_long_text_begins_before_the_first_match():
    text = " ".join(f"w{n}" for n in range(100))

    found = str(extract(text, {"w50"}))

    assert found.startswith("… w41 ")
    assert found.endswith(" …")
    assert "<mark>w50</mark>" in found


def test_an_accent_left_out_is_marked_all_the_same():
    assert extract("the café opens", {"cafe"}) == "the <mark>café</mark> opens"


def test_no_match_in_the_text_gives_no_extract():
    assert extract("one two", {"three"}) is None


def test_one_result_costs_what_three_do(port, client, read, django_assert_max_num_queries):
    def cost() -> int:
        with django_assert_max_num_queries(8) as queries:
            read("search/?q=trial")
        return len(queries)

    indexed(port, "Trial 1")
    cost()
    at_one = cost()
    for n in (2, 3):
        indexed(port, f"Trial {n}")

    assert cost() == at_one
