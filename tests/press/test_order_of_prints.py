"""In which order the keeper prints, and what waits."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.articles.models import ArticlePage
from masthead.press import actions, keeper
from masthead.press.keeper import Keeper
from masthead.press.shelf import Shelf
from masthead.press.shelf.compressing import identity
from tests.factories import an_article, an_author, an_outlet
from tests.press.acts import changed, publish

HOST = "127.0.0.1"


def shelved(shelf: Shelf, target: str) -> str:
    page = shelf.read(HOST, target, "public")
    assert page is not None
    return identity(page.bodies).decode()


def test_what_is_nearest_to_the_front_is_printed_first(
    port: Any, clock: Any, shelf: Shelf, monkeypatch: Any
) -> None:
    article = an_article(port, authors=[an_author()], at=timezone.now())
    keeping = Keeper(shelf)
    keeping.catch_up()
    shelf.note_used({(HOST, "/courier/robots.txt", "public"): 3}, at=1.0)
    shelf.doubt_everything(timezone.now().timestamp())
    printed: list[str] = []

    def note(**given: Any) -> actions.Outcome:
        printed.append(given["target"])
        return actions.print_anew(**given)

    monkeypatch.setattr(keeper, "print_anew", note)
    while keeping.print_stale():
        pass

    assert printed[:2] == ["/courier/robots.txt", "/courier/"]
    assert printed.index("/courier/port/") < printed.index(article.url_path)
    assert printed[-1] == "!404/courier/"


def test_fronts_can_be_printed_before_anybody_serves(port: Any, clock: Any, shelf: Shelf) -> None:
    an_article(port, at=timezone.now())
    an_outlet(title="The Argus", slug="argus")

    Keeper(shelf).print_fronts()

    fronts = ("/", "/courier/", "/argus/")
    assert [each for each in fronts if shelf.read(HOST, each, "public")] == list(fronts)
    assert shelf.hosts().complete


@pytest.fixture
def keeping(port: Any, clock: Any, shelf: Shelf) -> Keeper:
    """With a front that was read and a section's page that was not."""
    an_article(port, "The bridge", authors=[an_author()], at=timezone.now())
    keeping = Keeper(shelf, fill=False)
    keeping.catch_up()
    for target in ("/courier/", "/courier/port/"):
        assert actions.print_anew(shelf=shelf, host=HOST, target=target, variant="public")
    shelf.note_used({(HOST, "/courier/", "public"): 3}, at=1.0)
    return keeping


def release_again_and_again(keeping: Keeper) -> None:
    for number in range(keeper.MANY_RELEASES):
        publish(changed(ArticlePage.objects.get(), title=f"The bridge, part {number}"))
        while keeping.turn():
            pass


def test_while_releases_follow_one_another_what_nobody_reads_waits(
    keeping: Keeper, shelf: Shelf
) -> None:
    release_again_and_again(keeping)

    assert "The bridge, part 2" in shelved(shelf, "/courier/")
    assert "The bridge, part 1" in shelved(shelf, "/courier/port/")
    assert {each.uses for each in shelf.stale(most=99)} == {0}

    keeping._followed.clear()  # they have paused
    while keeping.turn():
        pass

    assert "The bridge, part 2" in shelved(shelf, "/courier/port/")


@pytest.mark.parametrize("who", ["a cache in front", "nginx from the mirror"])
def test_where_others_serve_for_us_nothing_waits(keeping: Keeper, shelf: Shelf, who: str) -> None:
    """What they serve is not counted here, so nobody knows what is read."""
    shelf.mirror.is_on = who == "nginx from the mirror"
    keeping.outer.names = ["front"] if who == "a cache in front" else []

    release_again_and_again(keeping)

    assert "The bridge, part 2" in shelved(shelf, "/courier/port/")
    assert shelf.stale(most=9) == []
