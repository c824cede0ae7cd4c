"""What lists say of themselves to search engines and in shared links."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import lxml.html
import pytest

from masthead.articles.models import Topic
from masthead.outlets.models import Outlet, Section
from tests.factories import NOON, a_section, an_article, an_author, an_outlet

Describe = Callable[[str], str]


@pytest.fixture
def courier(db: None) -> Outlet:
    return an_outlet()


@pytest.fixture
def port(courier: Outlet) -> Section:
    section = a_section(courier)
    section.description = ""
    section.save_revision().publish()
    return section


@pytest.fixture
def described(client: Any) -> Describe:
    def describe(path: str) -> str:
        answer = client.get(f"/courier/{path}", headers={"host": "127.0.0.1:8000"})
        page = lxml.html.fromstring(answer.content.decode())
        (plain,) = page.xpath("//meta[@name='description']/@content")
        (shared,) = page.xpath("//meta[@property='og:description']/@content")
        assert plain == shared
        return str(plain)

    return describe


def test_a_section_is_described_in_the_newsrooms_words_if_there_are_any(
    courier: Outlet, described: Describe
) -> None:
    a_section(courier, "Schools")

    assert described("schools/") == "All about Schools"


def test_a_section_without_words_is_described_by_its_newest_headlines(
    port: Section, described: Describe
) -> None:
    an_article(port, "Bridge opens", at=NOON - timedelta(hours=1))
    an_article(port, "Ferry waits", at=NOON)
    an_article(port, "Rope", kind="sponsored", sponsor_name="Rope & Co", at=NOON)

    assert described("port/") == "Port – The Harbour Courier: Ferry waits · Bridge opens"


def test_an_empty_section_is_described_by_its_name(port: Section, described: Describe) -> None:
    assert described("port/") == "Port – The Harbour Courier"


def test_a_description_is_cut_at_a_word(port: Section, described: Describe) -> None:
    headlines = [f"Lighthouse number {number} is painted anew" for number in range(9)]
    for headline in headlines:
        an_article(port, headline)

    description = described("port/")

    whole = "Port – The Harbour Courier: " + " · ".join(reversed(headlines))
    assert 140 < len(description) <= 160
    assert description.endswith("…")
    assert whole.startswith(description.removesuffix("…"))
    assert whole[len(description) - 1] in " ·"


@pytest.mark.parametrize(
    ("path", "name"), [("topics/tides/", "Tides"), ("authors/mara-okafor/", "Mara Okafor")]
)
def test_topics_and_authors_without_words_are_described_too(
    port: Section, described: Describe, path: str, name: str
) -> None:
    tides = Topic.objects.create(name="Tides", slug="tides")
    an_article(port, "Bridge opens", authors=[an_author()], topics=[tides])

    assert described(path) == f"{name} – The Harbour Courier: Bridge opens"


def test_archive_and_feeds_say_what_they_are(port: Section, described: Describe) -> None:
    assert described("archive/") == (
        "Everything that The Harbour Courier has published, month by month."
    )
    assert described("feeds/") == (
        "The Harbour Courier: Read every article in full in a reader of your own,"
        " without an account."
    )
