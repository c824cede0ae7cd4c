"""One search through all titles, and what keeps the index complete."""

from importlib import import_module

import pytest
from django.apps import apps

from masthead.articles.models import PublishedArticle
from masthead.jobs.models import Job
from masthead.jobs.worker import run_due_jobs
from masthead.publishing.actions import withdraw_article
from masthead.search import jobs
from masthead.search.models import SearchEntry
from masthead.search.vocabulary import SearchWord, count_words_anew
from tests.factories import NETWORK, NOON, a_section, an_outlet
from tests.search.conftest import indexed


@pytest.fixture
def marsa(db):
    return a_section(an_outlet(slug="marsa", title="المرسى", language="ar"), "Coast")


def ask(client, path):
    return client.get(path, headers={"host": NETWORK}, follow=True)


def test_all_titles_are_searched_each_in_its_own_language(port, marsa, client):
    indexed(port, "Two ferries", text="<p>انتخابات</p>")
    indexed(marsa, "الانتخابات", text="<p>ferries</p>")

    english = ask(client, "/search/?q=ferry").content.decode()
    arabic = ask(client, "/search/?q=انتخابات").content.decode()

    assert ("Two ferries" in english, "الانتخابات" in english) == (True, False)
    assert ("Two ferries" in arabic, "الانتخابات" in arabic) == (True, True)
    assert '<p class="search-outlet">المرسى</p>' in arabic


def test_what_was_withdrawn_is_not_found_there(port, marsa, client):
    article = indexed(port, "Two ferries")
    for _ in range(2):
        ask(client, "/search/?q=ferry")

    withdraw_article(article=article, by=None, at=NOON, reason="Wrong.")

    assert "Two ferries" not in ask(client, "/search/?q=ferry").content.decode()


def test_a_lone_title_is_its_own_network(port, client):
    assert ask(client, "/search/").status_code == 404


def test_each_search_leads_to_the_other(port, marsa, client):
    assert 'href="http://127.0.0.1:8000/search/?q=ferry"' in (
        ask(client, "/courier/search/?q=ferry").content.decode()
    )
    assert 'href="/marsa/search/?q=ferry"' in ask(client, "/search/?q=ferry").content.decode()
    assert 'action="/search/"' in ask(client, "/").content.decode()


def test_the_index_is_filled_when_it_is_empty(port, found):
    indexed(port, "Night trial")
    SearchEntry.objects.all().delete()

    jobs.fill_index()

    assert found("trial") == ["Night trial"]


def test_what_moved_or_went_without_a_release_is_put_right(port, courier, found):
    moved, gone = indexed(port, "Night trial"), indexed(port, "Day trial")
    town = a_section(courier, "Town")
    PublishedArticle.objects.filter(article=moved).update(section_id=town.pk)
    PublishedArticle.objects.filter(article=gone).update(state="withdrawn")

    jobs.look_over_index()
    run_due_jobs()

    assert found("trial", filters=[(f"¦s{town.pk}",)]) == ["Night trial"]
    assert SearchEntry.objects.count() == 1


def test_an_index_in_step_leaves_no_job(port):
    indexed(port, "Night trial")

    jobs.look_over_index()

    assert not Job.objects.filter(task=jobs.fill_index.path).exists()


def test_an_outlet_that_changes_its_language_is_indexed_anew(port, courier):
    indexed(port, "Two ferries")
    courier.refresh_from_db()
    courier.language = "ar"
    courier.save_revision().publish()

    run_due_jobs()

    assert SearchEntry.objects.get().language == "ar"


def test_counting_anew_gives_the_same(port):
    indexed(port, "Night trial")
    indexed(port, "Night harbour")
    before = list(SearchWord.objects.order_by("word").values_list("word", "stem", "entries"))
    SearchWord.objects.filter(word="night").update(entries=90)

    count_words_anew()

    after = list(SearchWord.objects.order_by("word").values_list("word", "stem", "entries"))
    assert after == before


def test_an_upgrade_leaves_the_job_that_fills_the_index(port, found):
    indexed(port, "Night trial")
    SearchEntry.objects.all().delete()

    upgrade = import_module("masthead.search.migrations.0003_index_of_stems")
    upgrade.have_it_filled(apps, None)
    run_due_jobs()

    assert found("trial") == ["Night trial"]


def test_a_new_network_has_nothing_to_fill_it_with(db):
    upgrade = import_module("masthead.search.migrations.0003_index_of_stems")

    upgrade.have_it_filled(apps, None)

    assert not Job.objects.exists()
