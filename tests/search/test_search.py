"""What readers find, and what nobody may find."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from masthead.articles.models import Access, Topic
from masthead.jobs.worker import run_due_jobs
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.search.models import SearchEntry, SearchWord
from tests.factories import NOON, a_section, an_article, an_author, an_outlet
from tests.search.conftest import carry_all, indexed


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("ships", True),
        ("SHIP", True),
        ("entering", True),
        ('"ships"', True),
        ('"ship"', False),
        ('"Ships Enter"', True),
        ("okafor-mara", False),
        ("mara-okafor", True),
        ("night ships", True),
        ("night lorries", False),
        ('"after dark"', True),
        ('"dark after"', False),
        ("ships -nights", False),
        ("trials dark", True),
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
    assert not SearchWord.objects.exists()


def test_words_that_a_newer_version_lost_are_not_found(port, found):
    article = indexed(port, "Night trial", text="<p>Lorries.</p>")
    draft = article.get_latest_revision_as_object()
    draft.body = [("text", "<p>Ships.</p>")]
    draft.save_revision()
    article.refresh_from_db()
    publish_article(article=article, by=None, at=NOON)

    carry_all()

    assert (found("lorries"), found("ships")) == ([], ["Night trial"])


def test_of_a_members_article_only_the_open_part_is_found(port, found):
    text = "<p>Ferries.</p><p>Ships.</p><p>Pilots.</p><p>Lorries.</p>"
    indexed(port, "Night trial", text=text, access=Access.MEMBERS)

    assert (found("lorries"), found("pilots")) == ([], ["Night trial"])
    assert not SearchWord.objects.filter(word="lorries").exists()


def test_an_article_is_not_found_by_what_readers_do_not_see_any_more(port, found, read):
    """From its release until the index knows the new version."""
    article = indexed(port, "Night trial", text="<p>Lorries.</p>")
    draft = article.get_latest_revision_as_object()
    draft.body = [("text", "<p>Ships.</p>")]
    draft.save_revision()
    article.refresh_from_db()

    publish_article(article=article, by=None, at=NOON)

    assert found("lorries") == []
    assert "Lorries" not in read("search/?q=lorries").content.decode()


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


def test_one_result_costs_what_three_do(port, client, read, django_assert_max_num_queries):
    def cost() -> int:
        with django_assert_max_num_queries(10) as queries:
            read("search/?q=trial")
        return len(queries)

    indexed(port, "Trial 1")
    cost()
    at_one = cost()
    for n in (2, 3):
        indexed(port, f"Trial {n}")

    assert cost() == at_one
