"""A process that commits a change brings its machine's shelf along, also without a worker."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from masthead.changes.models import Change
from masthead.changes.queries import changes_after, newest_number
from masthead.outlets.models import Section
from masthead.press import following
from masthead.press.door.deciding import At, Missing, decide
from masthead.press.following import follow_here
from masthead.press.keeper import Keeper
from masthead.press.shelf import Shelf
from masthead.press.shelf.compressing import identity
from masthead.publishing.actions import publish_article, withdraw_article
from tests.factories import a_section, an_article, an_author
from tests.press.acts import changed, publish, renamed
from tests.press.keeping import SECRET

HOST = "127.0.0.1"
Commit = Callable[..., Any]


@pytest.fixture
def shelf(port: Section, clock: Any, tmp_path: Path, settings: Any, monkeypatch: Any) -> Any:
    """This machine's, as the keeper left it before it was killed."""
    settings.DATA = tmp_path
    shelf = Shelf(tmp_path / "shelf", secret=SECRET)
    monkeypatch.setattr(following, "own_shelf", lambda: shelf)
    following._outer.cache_clear()
    Keeper(shelf).catch_up()
    yield shelf
    following._outer.cache_clear()
    shelf.close()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Commit) -> Commit:
    """What is done inside is followed as after a commit."""

    def begin() -> Any:
        # What was told before waits for the commit of the test's own transaction, which never is.
        connection.run_on_commit.clear()
        return django_capture_on_commit_callbacks(execute=True)

    return begin


def at_door(shelf: Shelf, path: str) -> Any:
    return decide(shelf, shelf.hosts(), HOST, path, b"")


def test_a_new_article_is_known_at_the_door_without_a_worker(shelf, port, committed):
    with committed():
        article = an_article(port, authors=[an_author()], at=timezone.now())

    author = "/courier/authors/mara-okafor/"
    assert at_door(shelf, article.url_path) == At(HOST, article.url_path, has_params=False)
    assert at_door(shelf, author) == At(HOST, author, has_params=True)
    assert shelf.applied() == newest_number()


def test_what_shows_a_change_is_stale_without_a_worker(shelf, port, committed):
    with committed():
        an_article(port, at=timezone.now())

    stale = {each.target for each in shelf.stale(most=100)}
    assert {"/courier/", "/courier/port/", "/courier/feed.xml"} <= stale
    assert "/courier/.well-known/security.txt" not in stale


def test_a_withdrawn_article_is_off_the_shelf_without_a_worker(shelf, port, committed):
    with committed():
        article = an_article(port, "All wrong", at=timezone.now())
    Keeper(shelf).catch_up()

    with committed():
        withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")

    for target in ("/courier/", "/courier/port/", article.url_path):
        assert shelf.read(HOST, target, "public") is None


def test_a_new_section_is_known_without_a_worker(shelf, courier, committed):
    with committed():
        a_section(courier, "Town")

    assert at_door(shelf, "/courier/town/") == At(HOST, "/courier/town/", has_params=True)


def test_the_keeper_prints_what_another_process_followed(shelf, port, committed):
    keeper = Keeper(shelf, fill=False)
    with committed():
        article = an_article(port, "A new light", at=timezone.now())
    assert shelf.read(HOST, article.url_path, "public") is None

    while keeper.turn():
        pass

    page = shelf.read(HOST, article.url_path, "public")
    assert page is not None
    assert "A new light" in identity(page.bodies).decode()
    assert shelf.learned() == newest_number()


def test_what_another_process_took_off_the_keeper_prints_at_once(shelf, port, committed):
    with committed():
        article = an_article(port, "All wrong", at=timezone.now())
    keeper = Keeper(shelf)
    keeper.catch_up()
    with committed():
        withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")

    while keeper.turn():
        pass

    page = shelf.read(HOST, article.url_path, "public")
    assert page is not None
    assert page.status == 410


def test_following_costs_no_more_than_a_few_queries(
    shelf, port, committed, django_assert_max_num_queries
):
    with committed():
        article = an_article(port, authors=[an_author()], at=timezone.now())
    Keeper(shelf).catch_up()
    publish(changed(article, title="Another headline"))

    with django_assert_max_num_queries(7):
        follow_here()

    assert shelf.applied() == newest_number()


def test_a_section_that_was_renamed_is_found_by_both_addresses(shelf, port, committed):
    with committed():
        an_article(port, at=timezone.now())
    with committed():
        renamed(port, "harbour")

    assert isinstance(at_door(shelf, "/courier/harbour/"), At)
    assert not isinstance(at_door(shelf, "/courier/port/"), At | Missing)


def test_two_who_follow_at_once_do_no_harm(shelf, port, committed):
    an_article(port, at=timezone.now())
    changes = changes_after(shelf.applied())
    keeper = Keeper(shelf)

    follow_here()
    keeper.follow()
    following.follow(shelf, changes, outer=keeper.outer, fully=False)
    keeper.catch_up()

    assert shelf.applied() == shelf.learned() == newest_number()
    assert list(shelf.verify()) == []


def test_before_the_keeper_made_the_shelf_nothing_is_followed(
    port, clock, committed, tmp_path, settings, monkeypatch
):
    settings.DATA = tmp_path
    monkeypatch.setattr(following, "own_shelf", lambda: 1 / 0)

    with committed():
        an_article(port, at=timezone.now())

    assert not (tmp_path / "shelf").exists()


def test_a_release_succeeds_when_the_shelf_cannot_be_written(
    shelf, port, committed, monkeypatch, caplog
):
    monkeypatch.setattr(shelf, "apply", lambda purge: 1 / 0)
    article = an_article(port, at=None)

    with committed():
        publish_article(article=article, by=None, at=timezone.now())

    article.refresh_from_db()
    assert article.live
    assert "left to the worker" in caplog.text


def test_a_log_that_was_forgotten_is_left_to_the_keeper(shelf, port, committed, caplog):
    an_article(port, at=timezone.now())
    an_article(port, "One more", at=timezone.now())
    Change.objects.filter(number__lt=newest_number()).delete()
    before = shelf.applied()

    with committed():
        an_article(port, "Another", at=timezone.now())
    assert shelf.applied() == before
    Keeper(shelf).catch_up()

    assert shelf.applied() == shelf.learned() == newest_number()
