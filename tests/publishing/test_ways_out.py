"""The registry of ways out, their receipts, and putting the read model right again."""

from datetime import timedelta
from typing import Any

import pytest

from masthead.articles.models import ListedAuthor, PublishedArticle
from masthead.jobs.models import Job
from masthead.pictures.jobs import make_copies
from masthead.publishing import on_release
from masthead.publishing.actions import withdraw_article
from masthead.publishing.jobs import carry_release, reconcile
from masthead.publishing.models import Receipt, Release
from masthead.publishing.on_release import WayOut, register_on_release
from tests.factories import NOON, an_article, an_author


@pytest.fixture
def carried(monkeypatch: Any) -> list[tuple[str, int]]:
    """Two ways out of the test's own: `post` notes what it carries, `wire` always fails."""
    notes: list[tuple[str, int]] = []

    def post(*, release_id: int) -> None:
        notes.append(("post", release_id))

    def wire(*, release_id: int) -> None:
        raise ConnectionError("no answer")

    monkeypatch.setattr(on_release, "_ways_out", {})
    register_on_release(WayOut("wire", wire, order=1))
    register_on_release(WayOut("post", post, order=2))
    return notes


def receipts() -> dict[str, Receipt]:
    return {receipt.way_out: receipt for receipt in Receipt.objects.all()}


def test_a_way_out_that_fails_says_so_and_the_others_go_on(port, carried, work):
    an_article(port)

    work()

    release = Release.objects.get()
    found = receipts()
    assert carried == [("post", release.pk)]
    assert (found["post"].state, found["post"].attempts, found["post"].detail) == ("done", 1, "")
    assert (found["wire"].state, found["wire"].attempts) == ("failed", 1)
    assert found["wire"].detail == "ConnectionError: no answer"
    assert found["wire"].done_at is None


def test_the_dear_way_out_is_carried_after_pictures_and_the_others_before(port):
    an_article(port)

    waiting = Job.objects.filter(task=carry_release.path)
    given = {job.arguments["kwargs"]["way_out"]: job.priority for job in waiting}
    pictures = make_copies.terms.priority
    assert [name for name, priority in given.items() if priority < pictures] == ["share-card"]
    assert given["search"] > pictures


def test_carrying_twice_is_harmless(port, carried, work):
    an_article(port)
    release = Release.objects.get()

    carry_release(release_id=release.pk, way_out="post")
    carry_release(release_id=release.pk, way_out="post")

    assert (carried, receipts()["post"].attempts) == ([("post", release.pk)], 1)


def test_a_way_out_that_recovers_has_its_receipt_cleared(port, carried, monkeypatch):
    an_article(port)
    release = Release.objects.get()
    with pytest.raises(ConnectionError):
        carry_release(release_id=release.pk, way_out="wire")
    monkeypatch.setitem(on_release._ways_out, "wire", WayOut("wire", lambda release_id: None))

    carry_release(release_id=release.pk, way_out="wire")

    found = receipts()["wire"]
    assert (found.state, found.detail, found.attempts) == ("done", "", 2)


def test_a_way_out_that_is_no_longer_registered_fails_with_its_name(port, carried, monkeypatch):
    an_article(port)
    release = Release.objects.get()
    monkeypatch.delitem(on_release._ways_out, "wire")

    with pytest.raises(KeyError):
        carry_release(release_id=release.pk, way_out="wire")

    assert receipts()["wire"].detail == "KeyError: 'wire'"


def test_nothing_is_carried_of_a_release_that_is_gone(port, carried):
    carry_release(release_id=404, way_out="post")

    assert carried == []


def test_withdrawals_are_carried_too(port, ada, carried, work):
    article = an_article(port)

    release = withdraw_article(article=article, by=ada, at=NOON, reason="Wrong.")
    work()

    assert ("post", release.pk) in carried


def test_a_name_is_given_once(carried):
    with pytest.raises(ValueError, match="A way out named post is registered already"):
        register_on_release(WayOut("post", lambda release_id: None))


@pytest.fixture
def soon_after(afternoon: Any) -> None:
    """Half an hour after NOON: what reconciling looks at is the last hour."""
    afternoon.move_to(NOON + timedelta(minutes=30))


def stale(**columns: Any) -> None:
    PublishedArticle.objects.update(**columns)


def test_reconciling_mends_a_row_that_shows_an_older_version(port, soon_after):
    an_article(port, "Port opens", authors=[an_author()])
    stale(version_number=0, headline="Older", state="withdrawn")
    ListedAuthor.objects.all().delete()

    reconcile()

    row = PublishedArticle.objects.get()
    assert (row.headline, row.version_number, row.published_at) == ("Port opens", 1, NOON)
    assert (row.state, ListedAuthor.objects.count()) == ("live", 1)


def test_reconciling_writes_a_row_that_is_missing(port, soon_after):
    an_article(port, "Port opens")
    PublishedArticle.objects.all().delete()

    reconcile()

    assert [row.headline for row in PublishedArticle.objects.all()] == ["Port opens"]


def test_reconciling_brings_back_a_live_article_whose_row_says_withdrawn(port, soon_after):
    an_article(port)
    stale(state="withdrawn", withdrawn_at=NOON)

    reconcile()

    row = PublishedArticle.objects.get()
    assert (row.state, row.withdrawn_at) == ("live", None)


@pytest.mark.parametrize("articles", [1, 3])
def test_reconciling_leaves_what_is_in_step_alone(
    port, soon_after, django_assert_num_queries, articles
):
    for _ in range(articles):
        an_article(port)

    with django_assert_num_queries(3):  # outlets, sections, releases
        reconcile()


def test_reconciling_finds_an_import_of_long_ago_that_was_recorded_just_now(port, soon_after):
    an_article(port, at=NOON - timedelta(days=400))
    stale(version_number=0)

    reconcile()

    assert PublishedArticle.objects.get().version_number == 1


def test_reconciling_looks_at_the_last_hour_only(port, afternoon):
    an_article(port)
    stale(version_number=0)
    afternoon.move_to(NOON + timedelta(days=2))

    reconcile()

    assert PublishedArticle.objects.get().version_number == 0
