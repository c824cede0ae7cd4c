"""What the desk's search and choosers find of articles."""

import pytest
from wagtail.models import Page

from masthead.accounts.models import Role
from masthead.articles.models import ArticlePage
from masthead.jobs.worker import run_worker
from tests.factories import a_person, an_article, at_desk
from tests.press.acts import changed, publish


def found(words: str) -> list[str]:
    run_worker(once=True)
    return [page.draft_title for page in Page.objects.all().search(words)]


@pytest.fixture
def article(port):
    return an_article(port, "Crab pots back in the outer bay")


def test_a_published_article_is_found(article):
    assert found("crab") == ["Crab pots back in the outer bay"]


def test_a_draft_is_found_by_the_headline_it_has_now(port):
    draft = an_article(port, "Untitled", at=None)
    changed(draft, title="Lamps for the lighthouse")

    assert found("lighthouse") == ["Lamps for the lighthouse"]


def test_a_new_headline_takes_the_place_of_the_old_one(article):
    publish(changed(article, title="Herring in the outer bay"))

    assert [found("herring"), found("crab")] == [["Herring in the outer bay"], []]


def test_what_is_deleted_is_not_found(port):
    draft = an_article(port, "Untitled lamps", at=None)
    assert found("lamps")
    ArticlePage.objects.get(pk=draft.pk).delete()

    assert found("lamps") == []


def test_the_articles_list_finds_it(port, article):
    run_worker(once=True)
    owner = a_person("olga", Role.OWNER, port.get_parent().get_parent())

    answer = at_desk(owner).get("/desk/articles/?q=crab")

    assert answer.status_code == 200
    assert "Crab pots back in the outer bay" in answer.content.decode()
