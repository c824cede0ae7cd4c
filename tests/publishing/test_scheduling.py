"""Publication at a moment to come: to the second, that draft and no later one."""

from datetime import datetime, timedelta

import pytest
from wagtail.models import Revision

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.jobs.models import Job
from masthead.publishing.actions import (
    NotAllowed,
    NothingChanged,
    TooEarly,
    cancel_schedule,
    publish_article,
    schedule_article,
)
from masthead.publishing.jobs import publish_due, publish_planned
from masthead.publishing.models import Release, Version
from tests.factories import NOON, an_article

NOW = NOON + timedelta(hours=2)
SIX = NOON + timedelta(hours=6)


def planned() -> list[datetime]:
    found = Revision.objects.exclude(approved_go_live_at=None)
    return list(found.values_list("approved_go_live_at", flat=True))


def redrafted(article: ArticlePage, headline: str) -> None:
    draft = article.get_latest_revision_as_object()
    draft.title = headline
    draft.save_revision()


def test_nothing_is_public_a_second_before_and_all_is_at_the_second(port, ada, afternoon, work):
    article = an_article(port, at=None)
    schedule_article(article=article, by=ada, at=SIX, now=NOW)

    afternoon.move_to(SIX - timedelta(seconds=1), tick=False)
    publish_due()
    work()
    before = PublishedArticle.objects.count()
    afternoon.move_to(SIX, tick=False)
    publish_due()
    work()

    row = PublishedArticle.objects.get()
    assert before == 0
    assert (row.published_at, row.state) == (SIX, "live")
    assert (Release.objects.get().by, planned()) == (ada, [])


def test_a_later_draft_does_not_go_out_with_it(port, ada, afternoon, work):
    article = an_article(port, "As planned", at=None)
    schedule_article(article=article, by=ada, at=SIX, now=NOW)
    redrafted(ArticlePage.objects.get(pk=article.pk), "Not ready")

    afternoon.move_to(SIX)
    publish_due()
    work()

    article.refresh_from_db()
    assert PublishedArticle.objects.get().headline == "As planned"
    assert (article.has_unpublished_changes, article.live) == (True, True)


def test_a_planned_update_leaves_the_live_article_until_then(port, ada, afternoon, work):
    article = an_article(port, "First")
    redrafted(article, "Second")
    article.refresh_from_db()

    schedule_article(article=article, by=ada, at=SIX, now=NOW)
    between = PublishedArticle.objects.get().headline
    afternoon.move_to(SIX)
    publish_due()
    work()

    row = PublishedArticle.objects.get()
    assert (between, row.headline, row.published_at) == ("First", "Second", NOON)


def test_a_moment_that_has_passed_is_refused(port, ada):
    article = an_article(port, at=None)

    with pytest.raises(TooEarly):
        schedule_article(article=article, by=ada, at=NOW, now=NOW)

    assert planned() == []


def test_a_reporter_may_not_plan(port, bo):
    article = an_article(port, at=None)

    with pytest.raises(NotAllowed):
        schedule_article(article=article, by=bo, at=SIX, now=NOW)


def test_a_plan_that_was_taken_back_does_not_happen(port, ada, afternoon, work):
    article = an_article(port, at=None)
    schedule_article(article=article, by=ada, at=SIX, now=NOW)

    cancel_schedule(article=article, by=ada)
    afternoon.move_to(SIX)
    publish_due()
    work()

    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert (PublishedArticle.objects.count(), draft.go_live_at) == (0, None)


def test_taking_back_where_nothing_is_planned_says_so(port, ada):
    with pytest.raises(NothingChanged):
        cancel_schedule(article=an_article(port, at=None), by=ada)


def test_planning_again_moves_the_moment(port, ada):
    article = an_article(port, at=None)
    schedule_article(article=article, by=ada, at=SIX, now=NOW)

    schedule_article(article=article, by=ada, at=SIX + timedelta(hours=1), now=NOW)

    assert planned() == [SIX + timedelta(hours=1)]


def test_publishing_now_replaces_the_plan(port, ada, afternoon, work):
    article = an_article(port, at=None)
    schedule_article(article=article, by=ada, at=SIX, now=NOW)
    article.refresh_from_db()

    publish_article(article=article, by=ada, at=NOW)
    afternoon.move_to(SIX)
    publish_due()
    work()

    assert (Version.objects.count(), planned()) == (1, [])


def test_a_plan_made_on_wagtails_screens_is_taken_up(port, ada, afternoon, work):
    article = an_article(port, at=None)
    article.go_live_at = SIX
    article.save_revision(user=ada).publish(user=ada)

    afternoon.move_to(SIX)
    publish_due()
    work()

    assert (PublishedArticle.objects.get().published_at >= SIX, Version.objects.count()) == (
        True,
        1,
    )


def test_the_beat_asked_twice_publishes_once(port, ada, afternoon, work):
    article = an_article(port, at=None)
    schedule_article(article=article, by=ada, at=SIX, now=NOW)
    afternoon.move_to(SIX)

    publish_due()
    publish_due()
    waiting = Job.objects.filter(task__endswith="publish_planned", state="ready").count()
    work()
    publish_due()
    work()

    assert (waiting, Version.objects.count()) == (1, 1)


def test_a_planned_job_that_runs_again_does_nothing(port, ada, afternoon, work):
    article = an_article(port, at=None)
    schedule_article(article=article, by=ada, at=SIX, now=NOW)
    revision = Revision.objects.exclude(approved_go_live_at=None).get()
    afternoon.move_to(SIX)

    publish_planned(revision_id=revision.pk)
    publish_planned(revision_id=revision.pk)

    assert Version.objects.count() == 1


def test_one_that_cannot_be_published_does_not_hold_up_the_others(
    port, ada, afternoon, work, monkeypatch
):
    broken, fine = an_article(port, "Broken", at=None), an_article(port, "Fine", at=None)
    for article in (broken, fine):
        schedule_article(article=article, by=ada, at=SIX, now=NOW)
    publish = ArticlePage.publish

    def fall(self, revision, **kwargs):
        if revision.content["title"] == "Broken":
            raise RuntimeError("bad row")
        publish(self, revision, **kwargs)

    monkeypatch.setattr(ArticlePage, "publish", fall)
    afternoon.move_to(SIX)
    publish_due()
    work()

    assert [row.headline for row in PublishedArticle.objects.all()] == ["Fine"]
    assert planned() == [SIX]
