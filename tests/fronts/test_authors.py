"""On which outlets an author has a page and feeds."""

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.http import HttpResponse

from masthead.outlets.models import Outlet, Section
from masthead.people.models import Author
from masthead.publishing.actions import withdraw_article
from tests.factories import NOON, a_section, an_article, an_author, an_outlet

PATHS = ("", "feed.xml", "atom.xml", "feed.json")
FOUND, MISSING = [200] * len(PATHS), [404] * len(PATHS)


@pytest.fixture
def courier(db: None) -> Outlet:
    return an_outlet()


@pytest.fixture
def port(courier: Outlet) -> Section:
    return a_section(courier)


@pytest.fixture
def mara(courier: Outlet) -> Author:
    return an_author()


@pytest.fixture
def ask(client: Any) -> Callable[[str], HttpResponse]:
    return lambda path: client.get(f"/courier/{path}", headers={"host": "127.0.0.1:8000"})


@pytest.fixture
def statuses(ask: Callable[[str], HttpResponse]) -> Callable[[], list[int]]:
    """Of Mara's page on the Courier and of its feeds."""
    return lambda: [ask(f"authors/mara-okafor/{file}").status_code for file in PATHS]


@pytest.fixture
def listed(ask: Callable[[str], HttpResponse]) -> Callable[[], bool]:
    """Whether the Courier's sitemap has Mara's page."""
    return lambda: b"/authors/mara-okafor/" in ask("sitemap-pages.xml").content


def test_who_has_an_article_on_the_outlet_has_a_page_there(port, mara, statuses, listed):
    an_article(port, authors=[mara])

    assert (statuses(), listed()) == (FOUND, True)


def test_who_is_said_to_write_for_the_outlet_has_one_before_the_first(
    courier, mara, statuses, listed
):
    mara.outlets.add(courier)

    assert (statuses(), listed()) == (FOUND, True)


def test_who_writes_for_another_outlet_only_has_none(courier, mara, statuses, listed):
    tideline = an_outlet(slug="tideline", title="Tideline")
    mara.outlets.add(tideline)
    an_article(a_section(tideline), authors=[mara])

    assert (statuses(), listed()) == (MISSING, False)


def test_a_draft_gives_nobody_a_page(port, mara, statuses, listed):
    an_article(port, authors=[mara], at=None)

    assert (statuses(), listed()) == (MISSING, False)


def test_with_the_last_article_withdrawn_the_page_goes(port, mara, statuses, listed):
    withdraw_article(
        article=an_article(port, authors=[mara]), by=None, at=NOON, reason="It was wrong."
    )

    assert (statuses(), listed()) == (MISSING, False)


def test_a_page_without_articles_says_whose_it_is(courier, mara, ask):
    mara.outlets.add(courier)

    page = lxml.html.fromstring(ask("authors/mara-okafor/").content.decode())

    (description,) = page.xpath("//meta[@name='description']/@content")
    assert description == "Mara Okafor – The Harbour Courier"
