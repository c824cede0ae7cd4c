"""However often and in whatever order the form of a new article is posted: one article."""

from uuid import uuid4

import pytest
from wagtail.test.utils.form_data import inline_formset

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.publishing import once
from tests.desk.factory import a_section, an_author, at_desk
from tests.desk.test_copy_desk import the_form

PUBLISH = {"action-publish": "action-publish"}
SLUG = "the-bridge-opens-monday"


@pytest.fixture
def form(courier, ada):
    """Post one and the same form of a new article, as an autosave or by a button."""
    client = at_desk(ada)
    url = f"/desk/pages/add/articles/articlepage/{a_section(courier).pk}/"
    key = client.get(url).context["form_key"]
    byline = inline_formset([{"author": an_author(user=ada).pk, "id": ""}], initial=1)

    def post(headline="The bridge opens Monday", *, autosave=False, **more):
        said = {"Accept": "application/json"} if autosave else {}
        fields = the_form(headline, article_authors=byline) | {"form_key": key} | more
        return client.post(url, fields, headers=said)

    return post


def drafts():
    return [article.get_latest_revision_as_object() for article in ArticlePage.objects.all()]


def test_publish_pressed_during_the_first_autosave_publishes_the_same_article(form):
    autosaved = form("The bridge opens", autosave=True).json()

    form("The bridge opens Monday", **PUBLISH)

    (draft,) = drafts()
    assert (draft.pk, draft.live, draft.slug) == (autosaved["pk"], True, SLUG)
    assert PublishedArticle.objects.get().headline == "The bridge opens Monday"
    assert draft.article_authors.count() == 1


def test_an_autosave_that_arrives_after_publish_changes_nothing(form):
    form("The bridge opens Monday", **PUBLISH)

    answer = form("The bridge", autosave=True)

    (draft,) = drafts()
    assert (draft.title, draft.live, draft.slug) == ("The bridge opens Monday", True, SLUG)
    assert (answer.json()["success"], draft.has_unpublished_changes) == (False, False)


def test_an_autosave_repeated_after_its_answer_was_lost_goes_on_with_the_article(form):
    first = form(autosave=True).json()

    second = form("The bridge opens at noon", autosave=True).json()

    (draft,) = drafts()
    assert draft.title == "The bridge opens at noon"
    assert (second["pk"], second["url"]) == (first["pk"], first["url"])


def test_two_at_once_make_one_article(form, monkeypatch):
    form(autosave=True)
    found = iter([None])  # the other one was not there yet when this one looked
    find_made = once.find_made
    monkeypatch.setattr(once, "find_made", lambda **asked: next(found, find_made(**asked)))

    form(**PUBLISH)

    (draft,) = drafts()
    assert (draft.live, draft.slug) == (True, SLUG)


def test_a_key_opens_for_nobody_else(ada, bo):
    promised = uuid4()
    key = once.key_of(public_id=promised, user=ada)

    assert once.find_promised_id(key=key, user=ada) == promised
    assert once.find_promised_id(key=key, user=bo) is None


def test_a_new_article_begins_with_one_place_to_write(courier, bo):
    url = f"/desk/pages/add/articles/articlepage/{a_section(courier).pk}/"

    form = at_desk(bo).get(url).context["form"]

    assert [block.block_type for block in form["body"].value()] == ["text"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2020-01-01 18:00:00", "That time has passed."),
        ("tomorrow at six", "This is no date and time; write it as in 2026-12-31 18:00:00."),
    ],
)
def test_a_wrong_time_is_answered_with_a_sentence_and_kept_as_typed(form, typed, said):
    answer = form(go_live_at=typed)

    wrong = answer.context["form"]
    assert wrong.errors == {"go_live_at": [said]}
    assert (wrong["go_live_at"].value(), ArticlePage.objects.count()) == (typed, 0)
