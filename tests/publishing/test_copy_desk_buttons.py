"""Approving is publishing: what an editor finds on the buttons of an article being checked."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Revision

from masthead.articles.models import ArticlePage
from masthead.desk.actions import ensure_copy_desk_workflow
from masthead.publishing.models import Release
from tests.desk.factory import at_desk
from tests.factories import NOON, an_article
from tests.publishing.test_doorways import form_of

SIX = NOON + timedelta(hours=6)


@pytest.fixture
def submitted(port: Any, bo: Any) -> ArticlePage:
    """An article of Bo's at the copy desk."""
    article = an_article(port, at=None)
    ensure_copy_desk_workflow().start(article, bo)
    return ArticlePage.objects.get(pk=article.pk)


def planned(article: ArticlePage) -> None:
    draft = article.get_latest_revision_as_object()
    draft.go_live_at = SIX
    draft.save_revision()


def page_of(user: Any, article: ArticlePage) -> str:
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return str(at_desk(user).get(url).content.decode())


def approved(user: Any, article: ArticlePage, **fields: Any) -> Any:
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    form = form_of(article) | {"action-workflow-action": "true", "workflow-action-name": "approve"}
    del form["action-publish"]
    return at_desk(user).post(url, form | fields)


def test_an_editor_finds_approving_and_no_second_way_to_publish(submitted, ada):
    page = page_of(ada, submitted)

    assert "Approve and publish" in page
    assert 'name="action-publish"' not in page


def test_with_a_time_set_approving_says_that_it_schedules(submitted, ada):
    planned(submitted)

    page = page_of(ada, submitted)

    assert ("Approve and schedule" in page, "Approve and publish" in page) == (True, False)
    assert "Schedule to publish</em>" not in page


def test_approving_with_a_time_set_schedules_and_ends_the_check(submitted, ada):
    approved(ada, submitted, go_live_at=f"{SIX:%Y-%m-%d %H:%M:%S}")

    (revision,) = Revision.objects.exclude(approved_go_live_at=None)
    submitted.refresh_from_db()
    assert revision.approved_go_live_at == SIX
    assert (submitted.live, submitted.current_workflow_state) == (False, None)
    assert submitted.workflow_states.latest("pk").status == "approved"


def test_approving_in_the_editor_publishes_what_is_in_it_with_the_note(submitted, ada):
    approved(ada, submitted, release_note="Ended.")

    release = Release.objects.get()
    assert (release.by, release.note) == (ada, "Ended.")
    assert release.version.snapshot["headline"] == "Port ends night trial"


def test_an_article_that_is_nowhere_in_the_check_is_published_as_ever(port, ada):
    page = page_of(ada, an_article(port, at=None))

    assert 'name="action-publish"' in page


def test_publishing_what_was_sent_back_warns_in_the_newsrooms_words(submitted, ada):
    submitted.current_workflow_task.on_action(
        submitted.current_workflow_task_state, ada, "reject", comment="Who says so?"
    )
    url = reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[submitted.pk])

    answer = at_desk(ada).get(url).json()["html"]

    assert "The copy desk has sent this article back" in answer
    assert "workflow" not in answer


def test_the_dialog_for_the_time_says_what_makes_it_count(port, ada):
    page = page_of(ada, an_article(port, at=None))

    assert "The time counts once you choose “Schedule to publish”" in page
