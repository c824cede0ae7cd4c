"""The bulk filler leaves what the slow way would have left."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from benchmarks import newsroom as newsrooms
from benchmarks.fill import fill, unsound_pages
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.pages import queries_of
from masthead.articles.models import ArticlePage, ListedAuthor, ListedTopic, PublishedArticle
from masthead.publishing.actions import publish_article
from masthead.publishing.models import Receipt, Release, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """In the tests' database, which is there already."""
    monkeypatch.setattr(newsrooms, "prepare_database", lambda: None)
    return found_newsroom()


def test_a_filled_tree_has_no_problems(newsroom):
    fill(newsroom, until=40)
    fill(newsroom, until=60)

    assert [list(each) for each in Page.find_problems()] == [[], [], [], [], []]
    assert unsound_pages() == []


def test_a_wrong_count_of_children_is_found(newsroom):
    fill(newsroom, until=10)
    section = newsroom.sections[0]
    Page.objects.filter(pk=section.pk).update(numchild=99)

    assert unsound_pages() == [section.path]


def test_each_article_is_in_the_record_and_in_the_read_model(newsroom):
    fill(newsroom, until=60)

    tables = [ArticlePage, Version, Release, PublishedArticle, ListedAuthor, ListedTopic]
    assert [table.objects.count() for table in tables] == [60] * 6
    assert not Receipt.objects.exclude(state=Receipt.State.DONE).exists()


def test_a_filled_article_can_be_read(newsroom):
    fill(newsroom, until=60)
    row = PublishedArticle.objects.order_by("-pk").first()

    answer = Client(HTTP_HOST="127.0.0.1").get(f"/courier/{row.path}")

    assert answer.status_code == 200
    assert "Harbour board hears pilots, part 59" in answer.content.decode()


def test_a_filled_article_can_be_edited_and_published(newsroom):
    fill(newsroom, until=60)
    article = ArticlePage.objects.order_by("-pk").first()
    article.title = "Lights at last"
    article.save_revision()

    version = publish_article(article=article, by=None, at=timezone.now())

    assert (version.number, version.snapshot["headline"]) == (2, "Lights at last")


def test_the_next_page_is_added_after_the_filled_ones(newsroom):
    fill(newsroom, until=60)

    draft = add_draft(newsroom, headline="One more", slug="one-more")

    assert draft.get_parent().get_children().last().pk == draft.pk
    assert unsound_pages() == []


@pytest.mark.parametrize("number", [10, 60])
def test_article_and_section_pages_take_as_many_queries_at_any_size(newsroom, number):
    fill(newsroom, until=number)
    row = PublishedArticle.objects.order_by("-pk").first()

    counts = [queries_of(f"/courier/{row.path}"), queries_of("/courier/port/")]

    # The article's: outlet, row with text, pictures, authors, its related list, its section's list.
    assert counts == [6, 2]
