"""Narrowing a search down, its two orders, its pages."""

from datetime import date, timedelta

import pytest

from masthead.outlets.queries import get_sheet
from masthead.search import actions, queries
from masthead.search.queries import best_page, newest_page
from masthead.search.searching import read_search, seek
from tests.factories import NOON, a_section, an_author
from tests.search.conftest import asked, indexed


@pytest.fixture
def three(port, courier):
    town = a_section(courier, "Town")
    pilots = a_section(port, "Pilots")
    indexed(port, "Port trial", at=NOON, authors=[an_author()])
    indexed(town, "Town trial", at=NOON - timedelta(days=40), kind="opinion")
    indexed(pilots, "Pilots’ trial", at=NOON - timedelta(days=400))
    return courier


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        ({"q": "trial"}, ["Port trial", "Town trial", "Pilots’ trial"]),
        ({"q": "trial", "section": "port"}, ["Port trial", "Pilots’ trial"]),
        ({"section": "port/pilots"}, ["Pilots’ trial"]),
        ({"q": "trial", "section": "no-such"}, ["Port trial", "Town trial", "Pilots’ trial"]),
        ({"q": "trial", "kind": "opinion"}, ["Town trial"]),
        ({"author": "mara-okafor"}, ["Port trial"]),
        ({"q": "trial", "author": "nobody"}, []),
        ({"q": "trial", "from": "2026-10-07"}, ["Port trial", "Town trial"]),
        ({"q": "trial", "from": "2026-10-08"}, ["Port trial"]),
        ({"q": "trial", "to": "2026-10-07"}, ["Town trial", "Pilots’ trial"]),
        ({"from": "2026-10-07", "to": "2026-10-07"}, ["Town trial"]),
        ({"q": "trial", "from": "yesterday"}, ["Port trial", "Town trial", "Pilots’ trial"]),
        ({"q": "town -trial"}, []),
    ],
)
def test_filters(three, params, wanted):
    sheet = get_sheet(outlet_id=three.pk)
    sought = seek(read_search(params, sheet=sheet), sheets=[sheet])

    entries = newest_page(sought.asked).entries if sought.asked else []

    assert [entry.headline for entry in entries] == wanted


def test_nobody_is_named_who_has_not_written_for_the_title(three):
    """A slug is guessed, and whoever joins next month stands in the filter."""
    an_author("Newcomer")
    sheet = get_sheet(outlet_id=three.pk)

    sought = seek(read_search({"author": "newcomer"}, sheet=sheet), sheets=[sheet])

    assert (sought.author, sought.asked) == (None, None)


def test_the_day_is_the_outlets_own(three):
    sheet = get_sheet(outlet_id=three.pk)

    search = read_search({"from": "2026-10-07", "to": "2026-13-07"}, sheet=sheet)

    assert (search.since, search.until) == (date(2026, 10, 7), None)


def test_best_first_weighs_headline_standfirst_and_text(port, courier):
    indexed(port, "Of lorries", text="<p>A ferry came.</p>", at=NOON)
    indexed(port, "Of ships", standfirst="The ferry.", at=NOON - timedelta(days=1))
    indexed(port, "Of a ferry", at=NOON - timedelta(days=2))
    indexed(port, "Of nothing", at=NOON)

    entries = best_page(asked(courier, "ferries")).entries

    assert [entry.headline for entry in entries] == ["Of a ferry", "Of ships", "Of lorries"]


def test_pages_by_place_lead_there_and_back(port, courier, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    for n in range(5):
        indexed(port, f"Trial {n}", at=NOON - timedelta(days=n))
    trials = asked(courier, "trial")

    first = newest_page(trials)
    second = newest_page(trials, before=first.older)
    third = newest_page(trials, before=second.older)
    back = newest_page(trials, after=third.newer)

    pages = [[each.headline[-1] for each in page.entries] for page in (first, second, third, back)]
    assert pages == [["0", "1"], ["2", "3"], ["4"], ["2", "3"]]
    assert [page.number for page in (first, second, third)] == [5, None, None]
    assert (first.newer, third.older, back.older is None) == (None, None, False)


def test_pages_of_an_exact_phrase_pass_over_other_forms(port, courier, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 1)
    for n, name in enumerate(["Night trials", "Night trial", "Night trials", "Night trials"]):
        indexed(port, name, at=NOON - timedelta(days=n))
    exactly = asked(courier, '"night trials"')

    first = newest_page(exactly)
    second = newest_page(exactly, before=first.older)
    third = newest_page(exactly, before=second.older)

    days = [page.entries[0].published.published_at for page in (first, second, third)]
    assert days == [NOON - timedelta(days=n) for n in (0, 2, 3)]
    assert (first.number, third.older) == (3, None)


def test_more_articles_of_a_second_than_it_has_places_are_all_found(port, courier, monkeypatch):
    monkeypatch.setattr(actions, "SLOTS", 0)
    for n in range(3):
        indexed(port, f"Trial {n}")

    assert newest_page(asked(courier, "trial")).number == 3
