"""A page that never asked which class of readers it is for is printed once, for all of them."""

from collections.abc import Mapping
from typing import Any

import pytest

from masthead.articles.models import Access
from masthead.changes.shown import asks_class, collecting
from masthead.press import page_parts
from masthead.press.actions import Outcome, print_anew
from masthead.press.page_parts import PagePart
from masthead.press.printing import print_target
from masthead.press.shelf import Page, Shelf
from masthead.press.shelf.compressing import identity
from masthead.readers.models import Benefit
from tests.factories import an_article
from tests.press.acts import changed, publish
from tests.press.conftest import Network
from tests.press.keeping import Kept

HOST = "127.0.0.1"
MEMBERS = "adfreemembers"
NOTICE = "There is no page at this address"  # of a template that needs nothing


def given(kept: Kept, target: str, variant: str) -> str:
    """What readers of a class get."""
    found = kept.shelf.find_for(HOST, target, variant)
    assert found is not None
    return identity(found.page.bodies).decode()


def printed_for(variant: str, target: str) -> Page:
    return print_target(host=HOST, target=target, variant=variant)


def test_asking_for_the_class_is_noticed_by_the_page_being_built() -> None:
    asks_class()

    with collecting() as outer, collecting() as inner:
        asks_class()

    assert (outer.asked_class, inner.asked_class) == (False, True)


def test_every_page_that_is_for_all_is_the_same_for_each_class(
    network: Network, kept: Kept
) -> None:
    targets = [target for _host, target, _variant in kept.files()]

    other = [
        target
        for target in targets
        if kept.body(target) != identity(printed_for(MEMBERS, target).bodies).decode()
    ]

    assert [each for each in targets if not kept.page(each).for_all] == []  # type: ignore[union-attr]
    assert other == []


def test_another_class_is_given_the_publics_print(network: Network, kept: Kept) -> None:
    path, before = network.path("five"), kept.files()

    outcome = print_anew(shelf=kept.shelf, host=HOST, target=path, variant="members")

    assert (outcome, kept.files()) == (Outcome.SHELVED, before)
    assert given(kept, path, "members") == kept.body(path)


def test_what_nobody_had_asked_for_is_printed_for_the_public(
    port: Any, clock: Any, shelf: Shelf
) -> None:
    path = an_article(port).url_path

    print_anew(shelf=shelf, host=HOST, target=path, variant="members")

    state = shelf.state(HOST, path, "public")
    assert state is not None
    assert state.for_all
    assert shelf.state(HOST, path, "members") is None


def test_each_class_follows_a_members_article(network: Network, kept: Kept) -> None:
    path, three = network.path("three"), network.stories["three"]
    with kept.an_act():
        publish(changed(three, access=Access.MEMBERS))
    assert kept.shelf.find_for(HOST, path, "members") is None  # the public's is not for them
    kept.also(path, variant="members")

    with kept.an_act() as updated:
        publish(changed(three, standfirst="Other words."))
    with kept.an_act() as opened:
        publish(changed(three, access=Access.OPEN))

    assert {path, f"{path} (members)"} <= updated.printed
    assert opened.gone == {f"{path} (members)"}
    assert given(kept, path, "members") == kept.body(path)
    assert kept.outdated() == {}


@pytest.fixture
def notice(monkeypatch: Any) -> None:
    """A part of article pages that is not for those who read without advertisements."""

    def build(context: Mapping[str, Any]) -> dict[str, Any] | None:
        if not context.get("article") or context["reader_class"].has(Benefit.AD_FREE):
            return None
        return {}

    part = PagePart("notice", "end", "outlets/errors/404_bare.html", build)
    monkeypatch.setitem(page_parts._parts, part.name, part)


def test_a_part_that_asks_makes_the_page_one_for_each_class(
    network: Network, kept: Kept, notice: None
) -> None:
    path = network.path("five")
    with kept.an_act():
        publish(changed(network.stories["five"], standfirst="Other words."))
    kept.also(path, variant="adfree")

    assert (NOTICE in kept.body(path), NOTICE in given(kept, path, "adfree")) == (
        True,
        False,
    )
    assert kept.page(path).for_all is False  # type: ignore[union-attr]
    assert kept.page("/courier/").for_all  # type: ignore[union-attr]


def test_when_no_part_asks_any_more_the_other_prints_go(
    network: Network, kept: Kept, monkeypatch: Any, request: pytest.FixtureRequest
) -> None:
    path = network.path("five")
    request.getfixturevalue("notice")
    with kept.an_act():
        publish(changed(network.stories["five"], standfirst="Other words."))
    kept.also(path, variant="adfree")
    monkeypatch.delitem(page_parts._parts, "notice")

    with kept.an_act() as anew:
        publish(changed(network.stories["five"], standfirst="Others again."))

    assert anew.gone == {f"{path} (adfree)"}
    assert given(kept, path, "adfree") == kept.body(path)
