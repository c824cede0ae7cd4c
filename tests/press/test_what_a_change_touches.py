"""An act of the newsroom prints anew exactly the pages that show it."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.fronts.actions import arrange_front, release_front
from masthead.outlets.models import Outlet, PlainPage
from masthead.publishing.actions import withdraw_article
from tests.factories import an_article
from tests.press.acts import changed, publish, save_picture
from tests.press.conftest import Network
from tests.press.keeping import Kept

MAPS = {"/courier/sitemap.xml", "/courier/sitemap-news.xml"}
FRONTS = {"/courier/"}
NOT_FOUND = "!404/courier/"  # shows the six newest


def feeds(*lists: str) -> set[str]:
    return {f"{each}{file}" for each in lists for file in ("atom.xml", "feed.json", "feed.xml")}


def showing(kept: Kept, words: str) -> set[str]:
    """The pages that have these words, and those they were on."""
    found = set()
    for _host, target, variant in kept.files():
        if words in kept.body(target, variant):
            found.add(target if variant == "public" else f"{target} ({variant})")
    return found


def test_an_update_prints_what_shows_the_article_and_the_sitemaps(
    network: Network, kept: Kept
) -> None:
    shown = showing(kept, "Port two")

    with kept.an_act() as anew:
        publish(changed(network.stories["two"], title="Port two, later"))

    assert anew.printed == shown | MAPS | {"/courier/sitemap-2026-10.xml"}
    assert network.path("one") in anew.printed  # "More from Port" below it
    assert network.path("fair") not in anew.printed
    assert (anew.came, anew.gone, kept.outdated()) == (set(), set(), {})


def test_an_update_of_what_the_front_does_not_show_leaves_it_alone(
    network: Network, kept: Kept
) -> None:
    for number in range(6):
        an_article(network.port, f"Report {number}", at=timezone.now())
    for number in range(16):
        an_article(network.town, f"Notice {number}", at=timezone.now())
    kept.follow()

    with kept.an_act() as anew:
        publish(changed(network.stories["two"], standfirst="Another word."))

    assert anew.printed & {"/courier/", "/", NOT_FOUND, "/courier/archive/"} == set()
    assert network.path("two") in anew.printed
    assert kept.outdated() == {}


def test_a_new_article_prints_the_heads_of_its_lists(network: Network, kept: Kept) -> None:
    with kept.an_act() as anew:
        article = an_article(network.town, "Market", authors=[network.ines], at=timezone.now())

    beside = {network.path("council"), network.path("fair")}  # too few are older than these
    months = {path for path in anew.printed if path.startswith("/courier/archive/2026/11/")}
    assert anew.came == {article.url_path}
    assert anew.printed - months == {
        *FRONTS,
        *MAPS,
        *beside,
        *feeds("/courier/", "/courier/town/", "/courier/authors/ines-varga/"),
        "/",
        NOT_FOUND,
        "/courier/town/",
        "/courier/authors/ines-varga/",
        "/courier/archive/",
        "/courier/sitemap-pages.xml",
        "/courier/sitemap-2026-11.xml",
    }
    assert kept.outdated() == {}


def test_a_withdrawal_leaves_another_section_alone(network: Network, kept: Kept) -> None:
    with kept.an_act() as anew:
        withdraw_article(
            article=network.stories["four"], by=None, at=timezone.now(), reason="Wrong."
        )

    assert kept.outdated() == {}
    assert {path for path in anew.printed if path.startswith("/courier/town/")} == set()
    assert {path for path in anew.printed if path.startswith("/tideline/")} == set()
    withdrawn = kept.page(network.path("four"))
    assert withdrawn is not None
    assert withdrawn.status == 410


def test_a_released_front_is_the_only_page_printed(network: Network, kept: Kept) -> None:
    with kept.an_act() as anew:
        slots: list[dict[str, Any]] = [{"zone": "lead", "article": network.stories["one"].pk}]
        arrange_front(outlet=network.courier, slots=slots, by=None, at=timezone.now())
        release_front(outlet=network.courier, by=None, at=timezone.now())

    assert (anew.printed, kept.outdated()) == (FRONTS, {})


def test_a_front_that_is_only_arranged_changes_nothing(network: Network, kept: Kept) -> None:
    with kept.an_act() as anew:
        slots: list[dict[str, Any]] = [{"zone": "lead", "article": network.stories["one"].pk}]
        arrange_front(outlet=network.courier, slots=slots, by=None, at=timezone.now())

    assert anew.printed == set()


def test_a_draft_changes_nothing(network: Network, kept: Kept) -> None:
    with kept.an_act() as anew:
        changed(network.stories["two"], title="Port two, later")
        an_article(network.port, "Not yet", at=None)

    assert (anew.printed, anew.came, anew.gone) == (set(), set(), set())


def test_a_look_prints_all_of_its_outlet_and_the_networks_front(
    network: Network, kept: Kept
) -> None:
    theirs = {target for _host, target, _variant in kept.files() if "/tideline/" in target}

    with kept.an_act() as anew:
        tideline = Outlet.objects.get(pk=network.tideline.pk)
        tideline.accent = "#336699"
        tideline.save_revision().publish()

    assert (anew.printed, kept.outdated()) == (theirs | {"/"}, {})


def test_the_text_of_a_plain_page_prints_it_alone(network: Network, kept: Kept) -> None:
    with kept.an_act() as anew:
        about = PlainPage.objects.get(pk=network.about.pk)
        about.text = "<p>As we do it now.</p>"
        about.save_revision().publish()

    assert (anew.printed, kept.outdated()) == ({"/courier/about/"}, {})


def test_words_of_a_picture_print_the_pages_that_show_it(network: Network, kept: Kept) -> None:
    shown = showing(kept, "copies/ferry") - {"/courier/sitemap-2026-11.xml"}

    with kept.an_act() as anew:
        save_picture(network.picture, description="A blue ferry")

    assert (anew.printed, kept.outdated()) == (shown, {})


@pytest.mark.parametrize("story", ["one", "five"])
def test_pages_of_another_outlet_are_left_alone(network: Network, kept: Kept, story: str) -> None:
    with kept.an_act() as anew:
        publish(changed(network.stories[story], title="Another headline"))

    assert {path for path in anew.printed if path.startswith("/tideline/")} == set()
