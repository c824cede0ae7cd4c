"""The keeper: the shelf stays what the newsroom left, whatever fails in between."""

import logging
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from masthead.accounts.models import Role
from masthead.articles.models import ArticlePage
from masthead.changes.actions import note_change
from masthead.changes.models import Change
from masthead.changes.queries import newest_number
from masthead.outlets.models import Section
from masthead.press import actions, keeper
from masthead.press.door.deciding import At, Decision, Elsewhere, Missing, ToApp, decide
from masthead.press.keeper import Keeper
from masthead.press.printing import print_target
from masthead.press.shelf import Shelf
from masthead.press.shelf.compressing import identity
from masthead.press.shelf.files import TEMPORARY
from masthead.publishing.actions import publish_article, withdraw_article
from tests.factories import a_person, a_section, an_article, an_author, an_outlet, at_desk
from tests.press.acts import changed, edit_topic, publish, renamed
from tests.press.conftest import Network
from tests.press.keeping import SECRET, Kept

HOST = "127.0.0.1"


def at_door(shelf: Shelf, path: str) -> Decision:
    """What the front door does with somebody who asks for this."""
    return decide(shelf, shelf.hosts(), HOST, path, b"")


def shelved(shelf: Shelf, target: str) -> str:
    page = shelf.read(HOST, target, "public")
    assert page is not None
    return identity(page.bodies).decode()


def test_a_new_article_has_an_address_and_a_page_at_once(
    port: Any, clock: Any, shelf: Shelf
) -> None:
    Keeper(shelf).catch_up()
    following = Keeper(shelf, fill=False)
    article = an_article(port, authors=[an_author()], at=timezone.now())

    following.catch_up()

    assert at_door(shelf, article.url_path) == At(HOST, article.url_path, has_params=False)
    assert "Port opens night trial" in shelved(shelf, article.url_path)
    assert "Port opens night trial" in shelved(shelf, "/courier/port/")
    assert at_door(shelf, "/courier/authors/mara-okafor/") == At(
        HOST, "/courier/authors/mara-okafor/", has_params=True
    )


def test_what_was_made_up_is_nothing(port: Any, clock: Any, shelf: Shelf) -> None:
    Keeper(shelf).catch_up()

    assert at_door(shelf, "/courier/port/made-up/") == Missing(HOST, "!404/courier/")
    assert "Page not found" in shelved(shelf, "!404/courier/")
    assert at_door(shelf, "/courier/search/") == ToApp()


def test_outside_of_every_outlet_only_the_program_is(port: Any, clock: Any, shelf: Shelf) -> None:
    Keeper(shelf).catch_up()

    outside = ["/made-up/", "/wp-login.php", "/courier-of-old/port/"]
    assert [at_door(shelf, each) for each in outside] == [Missing(HOST, "!404/")] * 3
    assert "There is no page at this address" in shelved(shelf, "!404/")
    for path in ("/desk/", "/desk", "/account/login/", "/media/x", "/assets/x", "/-/ready", "/"):
        assert at_door(shelf, path) == ToApp()


def test_a_list_that_lost_its_last_article_has_no_address(
    port: Any, clock: Any, shelf: Shelf
) -> None:
    article = an_article(port, authors=[an_author()])
    keeping = Keeper(shelf)
    keeping.catch_up()
    assert isinstance(at_door(shelf, "/courier/authors/mara-okafor/"), At)

    withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")
    keeping.catch_up()

    assert at_door(shelf, "/courier/authors/mara-okafor/") == Missing(HOST, "!404/courier/")
    assert shelf.read(HOST, "/courier/authors/mara-okafor/", "public") is None


def test_a_withdrawn_article_answers_410_from_the_shelf(
    port: Any, clock: Any, shelf: Shelf
) -> None:
    article = an_article(port)
    keeping = Keeper(shelf)
    keeping.catch_up()

    withdraw_article(article=article, by=None, at=timezone.now(), reason="It was wrong.")
    keeping.catch_up()

    page = shelf.read(HOST, article.url_path, "public")
    assert page is not None
    assert (page.status, "It was wrong." in shelved(shelf, article.url_path)) == (410, True)


def test_what_is_gone_is_gone_before_anything_is_printed(
    port: Any, clock: Any, shelf: Shelf
) -> None:
    article = an_article(port, "All wrong")
    keeping = Keeper(shelf)
    keeping.catch_up()
    with_it = ["/courier/", "/courier/port/", "/courier/feed.xml", article.url_path]
    withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")

    keeping.follow()  # and then the keeper is killed

    assert [shelf.read(HOST, target, "public") for target in with_it] == [None] * 4
    assert shelf.read(HOST, "/courier/archive/", "public") is not None


def test_what_was_taken_off_is_printed_first(port: Any, clock: Any, shelf: Shelf) -> None:
    article = an_article(port, "All wrong")
    keeping = Keeper(shelf, fill=False)
    keeping.catch_up()
    for target in ("/courier/", "/courier/port/"):
        actions.print_anew(shelf=shelf, host=HOST, target=target, variant="public")
    withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")

    keeping.catch_up()

    assert "All wrong" not in shelved(shelf, "/courier/") + shelved(shelf, "/courier/port/")


@pytest.fixture
def moved(network: Network, kept: Kept) -> Network:
    with kept.an_act():
        stories = network.stories
        publish(changed(stories["four"], slug="new-name"))
        ArticlePage.objects.get(pk=stories["two"].pk).move(
            Section.objects.get(pk=network.coast.pk), pos="last-child"
        )
        renamed(network.town, "city")
        olga = a_person("olga", Role.OWNER, network.courier.get_parent())
        edit_topic(at_desk(olga), network, slug="high-water")
    return network


def test_former_addresses_lead_on_from_the_shelf(moved: Network, kept: Kept) -> None:
    slugs = {name: story.slug for name, story in moved.stories.items()}
    asked = {
        f"/courier/port/{slugs['four']}/": "/courier/port/new-name/",
        f"/courier/port/{slugs['two']}/": f"http://127.0.0.1:8000/tideline/coast/{slugs['two']}/",
        "/courier/town/": "/courier/city/",
        "/courier/topics/tides/": "/courier/topics/high-water/",
        f"/courier/town/{slugs['fair']}/": f"/courier/city/{slugs['fair']}/",
        "/courier/town/feed.xml": "/courier/city/feed.xml",
    }

    assert {path: at_door(kept.shelf, path) for path in asked} == {
        path: Elsewhere(to) for path, to in asked.items()
    }


def test_what_comes_to_a_former_address_stands_there(moved: Network, kept: Kept) -> None:
    with kept.an_act():
        town = a_section(moved.courier, "Town")
        an_article(town, "A new town", at=timezone.now())

    assert at_door(kept.shelf, "/courier/town/") == At(HOST, "/courier/town/", has_params=True)
    assert "A new town" in kept.body("/courier/town/")
    assert kept.outdated() == {}


def test_a_renamed_outlet_leads_on_from_its_former_address(network: Network, kept: Kept) -> None:
    with kept.an_act():
        renamed(network.tideline, "waterline")

    assert at_door(kept.shelf, "/tideline/coast/") == Elsewhere("/waterline/coast/")


def test_an_address_in_another_script_can_be_sent_in_a_header(
    port: Any, clock: Any, shelf: Shelf, django_capture_on_commit_callbacks: Any
) -> None:
    Keeper(shelf).catch_up()
    with django_capture_on_commit_callbacks(execute=True):
        renamed(port, "ميناء")
    Keeper(shelf).catch_up()

    assert at_door(shelf, "/courier/port/") == Elsewhere("/courier/%D9%85%D9%8A%D9%86%D8%A7%D8%A1/")
    assert isinstance(at_door(shelf, "/courier/ميناء/"), At)


def test_an_author_who_begins_to_write_for_an_outlet_has_a_page(
    port: Any, clock: Any, shelf: Shelf, courier: Any
) -> None:
    author = an_author()
    desk = at_desk(a_person("olga", Role.OWNER, courier.get_parent()))
    Keeper(shelf).catch_up()
    assert isinstance(at_door(shelf, "/courier/authors/mara-okafor/"), Missing)

    desk.post(
        f"/desk/authors/edit/{author.pk}/",
        {
            "name": author.name,
            "slug": author.slug,
            "biography": "null",
            "outlets": [courier.pk],
            "links-TOTAL_FORMS": 0,
            "links-INITIAL_FORMS": 0,
        },
    )
    Keeper(shelf).catch_up()

    assert isinstance(at_door(shelf, "/courier/authors/mara-okafor/"), At)


def test_a_keeper_killed_before_it_counts_a_change_learns_its_address_again(
    port: Any, clock: Any, shelf: Shelf, monkeypatch: Any
) -> None:
    Keeper(shelf).catch_up()
    article = an_article(port, at=timezone.now())
    killed = Keeper(shelf)
    with monkeypatch.context() as kill:
        kill.setattr(shelf, "apply", lambda purge: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            killed.follow()

    Keeper(shelf).catch_up()

    assert "Port opens night trial" in shelved(shelf, article.url_path)
    assert shelf.applied() == newest_number()


def test_a_keeper_away_for_longer_than_the_log_prints_everything_anew(
    port: Any, clock: Any, shelf: Shelf
) -> None:
    article = an_article(port)
    Keeper(shelf).catch_up()
    publish(changed(article, title="Another headline"))
    note_change(keys=["a1000"], at=timezone.now())
    Change.objects.filter(number__lt=newest_number()).delete()

    Keeper(shelf).catch_up()

    assert "Another headline" in shelved(shelf, article.url_path)
    assert shelf.applied() == newest_number()


def test_another_edition_of_the_program_prints_everything_anew(
    port: Any, clock: Any, shelf: Shelf, monkeypatch: Any
) -> None:
    Keeper(shelf).catch_up()
    printed = []

    def print_and_note(**place: str) -> Any:
        printed.append(place["target"])
        return print_target(**place)

    monkeypatch.setattr(actions, "print_target", print_and_note)
    monkeypatch.setattr(keeper, "edition", lambda: "another")

    Keeper(shelf).catch_up()

    assert {"/courier/", "/courier/port/", "/courier/feed.xml"} <= set(printed)


def test_a_page_that_cannot_be_printed_keeps_its_old_print_and_holds_nothing_up(
    port: Any, clock: Any, shelf: Shelf, monkeypatch: Any, caplog: Any
) -> None:
    article = an_article(port)
    keeping = Keeper(shelf)
    keeping.catch_up()

    def refuse_the_front(**place: str) -> Any:
        if place["target"] == "/courier/":
            raise ZeroDivisionError
        return print_target(**place)

    monkeypatch.setattr(actions, "print_target", refuse_the_front)
    publish(changed(article, title="Another headline"))
    with caplog.at_level(logging.CRITICAL):
        keeping.catch_up()

    assert "Port opens night trial" in shelved(shelf, "/courier/")
    assert "Another headline" in shelved(shelf, "/courier/port/")
    assert list(keeping.failed) == [(HOST, "/courier/", "public")]


def test_with_every_page_there_the_addresses_are_not_gone_through_again(
    port: Any, clock: Any, shelf: Shelf, monkeypatch: Any
) -> None:
    keeping = Keeper(shelf)
    keeping.catch_up()
    monkeypatch.setattr(Shelf, "missing", None)  # calling it fails

    assert [keeping.turn() for _each in range(5)] == [False] * 5


def test_a_copy_that_could_not_be_written_is_written_later(
    port: Any, clock: Any, tmp_path: Path
) -> None:
    with closing(Shelf(tmp_path / "shelf", secret=SECRET, mirror=True)) as shelf:
        article = an_article(port)
        in_the_way = shelf.mirror.file(HOST, article.url_path)
        in_the_way.mkdir(parents=True)
        keeping = Keeper(shelf)
        keeping.catch_up()
        assert in_the_way.is_dir()
        in_the_way.rmdir()

        keeping._whole_until = 0.0  # half a minute later
        keeping.turn()

        assert in_the_way.is_file()


def test_an_idle_keeper_sweeps_every_hour(
    port: Any, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping = Keeper(shelf)
    keeping.catch_up()
    left = shelf.pages / "00" / f"{TEMPORARY}left"
    left.parent.mkdir(exist_ok=True)
    left.touch()
    os.utime(left, (0, 0))
    keeping.turn()
    assert left.exists()

    monkeypatch.setattr(keeper, "SWEEP_SECONDS", 0)
    keeping.turn()

    assert not left.exists()


def test_an_idle_keeper_prints_nothing(port: Any, clock: Any, shelf: Shelf) -> None:
    keeping = Keeper(shelf)
    keeping.catch_up()

    assert keeping.turn() is False


def test_a_front_is_printed_anew_after_midnight(
    port: Any, courier: Any, clock: Any, shelf: Shelf
) -> None:
    keeping = Keeper(shelf)
    keeping.catch_up()
    assert "2026-11-16" in shelved(shelf, "/courier/")

    clock.shift(24 * 3600)
    keeping.catch_up()

    assert "2026-11-17" in shelved(shelf, "/courier/")


def test_a_restored_article_is_there_again(port: Any, clock: Any, shelf: Shelf) -> None:
    article = an_article(port)
    keeping = Keeper(shelf)
    withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")
    keeping.catch_up()

    publish_article(article=ArticlePage.objects.get(pk=article.pk), by=None, at=timezone.now())
    keeping.catch_up()

    assert "Ships enter after dark." in shelved(shelf, article.url_path)


def test_a_second_outlet_gives_the_network_a_front(port: Any, clock: Any, shelf: Shelf) -> None:
    keeping = Keeper(shelf)
    keeping.catch_up()
    assert at_door(shelf, "/") == ToApp()

    an_outlet(slug="tideline", title="Tideline")
    keeping.catch_up()

    assert at_door(shelf, "/") == At(HOST, "/", has_params=False)
    assert "Tideline" in shelved(shelf, "/")


def test_an_older_database_that_comes_back_makes_every_page_anew(
    port: Any, clock: Any, shelf: Shelf
) -> None:
    article = an_article(port, authors=[an_author()], at=timezone.now())
    Keeper(shelf).catch_up()
    shelf.apply_everything(newest_number() + 40, 1.0)  # what the lost days had noted

    Keeper(shelf).catch_up()

    assert shelf.applied() == newest_number()
    assert "Port opens night trial" in shelved(shelf, article.url_path)
    assert shelf.stale(most=9) == []
