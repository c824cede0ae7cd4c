"""The public's print that is right for every class, and what other classes had before it."""

import pytest

from masthead.press.shelf import Purge
from tests.press.shelf.pages import HOST, a_page

PATH = "/port/bridge/"


def of(variant: str, **changed):
    return a_page(PATH, variant=variant, **changed)


def test_it_is_given_to_every_class(shelf):
    shelf.put(of("public", for_all=True))

    assert [shelf.find_for(HOST, PATH, each).page.variant for each in ("public", "members")] == [
        "public",
        "public",
    ]


def test_a_print_for_the_public_alone_is_given_to_nobody_else(shelf):
    shelf.put(of("public"))

    assert shelf.find_for(HOST, PATH, "members") is None


def test_a_class_with_a_print_of_its_own_gets_that(shelf):
    shelf.put(of("public"))
    shelf.put(of("members", text="In full."))

    assert shelf.find_for(HOST, PATH, "members").page.variant == "members"


def test_older_prints_of_other_classes_go_with_their_files_and_doors_hear_of_it(shelf):
    shelf.put(of("members"))
    number, _ = shelf.changes_since(-1)

    shelf.put(of("public", for_all=True, printed_at=2000.0))

    assert shelf.state(HOST, PATH, "members") is None
    assert len(list(shelf.pages.glob("*/*"))) == 1
    assert set(shelf.changes_since(number)[1]) == {
        (HOST, PATH, "public"),
        (HOST, PATH, "members"),
    }


def test_a_newer_print_of_a_class_stays(shelf):
    shelf.put(of("members", seen=1))

    shelf.put(of("public", for_all=True, printed_at=2000.0))

    assert shelf.find_for(HOST, PATH, "members").page.variant == "members"


def test_an_older_print_of_a_class_comes_too_late(shelf):
    shelf.put(of("public", for_all=True, printed_at=2000.0))

    assert shelf.put(of("members")) is False
    assert len(list(shelf.pages.glob("*/*"))) == 1


@pytest.mark.parametrize("for_all", [True, False])
def test_the_row_says_what_the_container_says(shelf, for_all):
    shelf.put(of("public", for_all=for_all))

    assert shelf.state(HOST, PATH, "public").for_all is for_all
    assert list(shelf.verify()) == []


def test_what_is_gone_is_gone_for_every_class(shelf):
    shelf.put(of("public", for_all=True))

    shelf.apply(Purge(1, (), ("s12",), 1.0))

    assert shelf.find_for(HOST, PATH, "members") is None
