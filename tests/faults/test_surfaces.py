"""The fault runs' own eyes: they must see a surface that lags behind and a doubled record."""

import pytest
from django.utils import timezone

from benchmarks.faults.settling import settle
from benchmarks.faults.surfaces import NOTHING, faults_in, said_of
from masthead.articles.models import ArticlePage, ListedAuthor, PublishedArticle, Topic
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.publishing.models import Receipt
from masthead.search.models import SearchEntry
from tests.factories import a_section, an_article, an_author, an_outlet

pytestmark = pytest.mark.django_db
OLD, NEW = "Pilots sail at dawn", "Pilots stay ashore"


@pytest.fixture
def article() -> ArticlePage:
    """Released for real, with everything that follows done."""
    topic = Topic.objects.create(name="Pilots", slug="pilots")
    section = a_section(an_outlet())
    draft = an_article(section, OLD, at=None, authors=[an_author()], topics=[topic])
    publish_article(article=draft, by=None, at=timezone.now())
    settle()
    return ArticlePage.objects.get(pk=draft.pk)


def test_every_surface_of_a_released_article_says_the_same(article):
    said = said_of(article.pk)

    assert set(said.values()) == {OLD}
    assert list(faults_in(article.pk)) == []


def test_every_surface_of_a_withdrawn_article_says_nothing(article):
    withdraw_article(article=article, by=None, at=timezone.now(), reason="Not so.")
    settle()

    said = said_of(article.pk)

    assert set(said.values()) == {NOTHING}
    assert list(faults_in(article.pk)) == []


def test_a_search_entry_that_was_not_renewed_is_seen(article):
    article.title = NEW
    article.save_revision()
    publish_article(article=article, by=None, at=timezone.now())
    settle()
    SearchEntry.objects.update(headline=OLD)

    said = said_of(article.pk)

    assert [name for name, headline in said.items() if headline.startswith(OLD)] == ["search"]


def test_a_page_that_is_live_without_a_public_row_is_seen(article):
    PublishedArticle.objects.filter(article=article).delete()

    said = said_of(article.pk)

    assert (said["page"], said["read model"]) == (OLD, NOTHING)


def test_a_missing_list_entry_and_an_open_receipt_are_seen(article):
    ListedAuthor.objects.all().delete()
    Receipt.objects.filter(way_out="search").update(state=Receipt.State.WAITING)

    faults = list(faults_in(article.pk))

    assert faults == ["1 receipts are not done", "the author's list does not hold it once"]
