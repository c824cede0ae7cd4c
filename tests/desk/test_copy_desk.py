"""A reporter submits, an editor checks; what is approved is public."""

import pytest
from django.urls import reverse
from wagtail.models import Task, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from masthead.accounts.models import Role
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.desk.actions import ensure_copy_desk_workflow
from masthead.publishing.models import Release, Version
from tests.desk.factory import a_person, a_section, an_author, at_desk


def the_form(headline="The bridge opens Monday", **more):
    return nested_form_data(
        {
            "title": headline,
            "slug": "the-bridge-opens-monday",
            "standfirst": "",
            "kind": "report",
            "access": "open",
            "article_authors": inline_formset([]),
            "body": streamfield([("text", rich_text("<p>The bridge opens Monday.</p>"))]),
            "comments": inline_formset([]),
            **more,
        }
    )


def submit(client, courier):
    section = a_section(courier)
    return client.post(
        f"/desk/pages/add/articles/articlepage/{section.pk}/",
        the_form() | {"action-submit": "action-submit"},
    )


def approve(client, article):
    state = article.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    return client.post(url, {"comment": ""})


@pytest.fixture
def submitted(courier, bo):
    submit(at_desk(bo), courier)
    return ArticlePage.objects.get(slug="the-bridge-opens-monday")


def test_a_submitted_article_waits_at_the_copy_desk(submitted):
    assert submitted.current_workflow_task.specific.get_verbose_name() == "Copy desk check"
    assert not submitted.live


def test_an_approved_article_is_public_with_its_version(submitted, ada):
    approve(at_desk(ada), submitted)

    submitted.refresh_from_db()
    assert submitted.live
    assert Version.objects.filter(article=submitted).count() == 1
    assert PublishedArticle.objects.get().headline == "The bridge opens Monday"


def test_a_reporter_may_not_approve(submitted, bo):
    answer = approve(at_desk(bo), submitted)

    submitted.refresh_from_db()
    assert (answer.status_code, submitted.live) == (302, False)


def test_what_is_being_checked_is_locked_for_its_reporter(submitted, bo, ada):
    lock = submitted.get_lock()

    assert lock.for_user(bo)
    assert not lock.for_user(ada)


def test_editors_find_only_their_outlets_articles_at_the_copy_desk(submitted, ada, bo, tideline):
    stranger = a_person("sam", Role.EDITOR, tideline)

    waiting = {
        str(user): TaskState.objects.reviewable_by(user).count() for user in (ada, bo, stranger)
    }

    assert waiting == {"Ada": 1, "Bo": 0, "Sam": 0}


def test_the_copy_desk_is_made_once(network):
    first = ensure_copy_desk_workflow()

    assert ensure_copy_desk_workflow() == first
    assert Task.objects.filter(content_type__model="copydesktask").count() == 1


def test_a_new_article_begins_under_the_byline_of_its_writer(courier, bo):
    author = an_author(user=bo)
    section = a_section(courier)

    page = at_desk(bo).get(f"/desk/pages/add/articles/articlepage/{section.pk}/").content.decode()

    assert f'value="{author.pk}"' in page


def test_the_byline_set_beforehand_is_saved(courier, bo):
    author = an_author(user=bo)
    section = a_section(courier)
    byline = inline_formset([{"author": author.pk, "id": ""}], initial=1)

    at_desk(bo).post(
        f"/desk/pages/add/articles/articlepage/{section.pk}/", the_form(article_authors=byline)
    )

    article = ArticlePage.objects.get(slug="the-bridge-opens-monday")
    draft = article.get_latest_revision_as_object()
    assert [line.author_id for line in draft.article_authors.all()] == [author.pk]


def test_a_note_written_beside_publish_is_kept_with_the_release(courier, ada):
    section = a_section(courier)

    at_desk(ada).post(
        f"/desk/pages/add/articles/articlepage/{section.pk}/",
        the_form() | {"action-publish": "action-publish", "release_note": "First word of it."},
    )

    assert Release.objects.get().note == "First word of it."
