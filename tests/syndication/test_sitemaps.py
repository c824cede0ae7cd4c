"""Sitemaps, read back as XML."""

from datetime import UTC, datetime, timedelta
from typing import Any

import lxml.etree
import pytest

from masthead.articles.models import Topic
from masthead.publishing.actions import withdraw_article
from masthead.syndication import sitemaps
from tests.checks.sitemaps import check_sitemap

from .newsroom import BASE, NOON, a_page, a_picture, an_article, an_author

NS = {
    "m": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
JUNE = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)


def found(response: Any, path: str) -> list[str]:
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = lxml.etree.fromstring(response.content)
    return [str(text) for text in root.xpath(path, namespaces=NS)]


def test_the_index_lists_pages_and_each_month_with_its_newest_change(read: Any, port: Any) -> None:
    an_article(port, at=NOON)
    an_article(port, at=JUNE)

    response = read("sitemap.xml")

    assert found(response, "//m:sitemap/m:loc/text()") == [
        f"{BASE}/sitemap-pages.xml",
        f"{BASE}/sitemap-2026-11.xml",
        f"{BASE}/sitemap-2026-6.xml",
    ]
    assert found(response, "//m:lastmod/text()") == [
        "2026-11-16T12:30:00+00:00",
        "2026-06-03T09:30:00+00:00",
    ]


def test_every_address_in_the_index_answers(read: Any, port: Any) -> None:
    an_article(port)

    for address in found(read("sitemap.xml"), "//m:loc/text()"):
        assert read(address.removeprefix(f"{BASE}/")).status_code == 200, address


def test_a_month_too_long_for_one_sitemap_is_split(
    read: Any, port: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 2)
    for _each in range(3):
        an_article(port)

    addresses = found(read("sitemap.xml"), "//m:loc/text()")[1:]
    parts = [found(read(a.removeprefix(f"{BASE}/")), "//m:loc/text()") for a in addresses]

    assert addresses == [f"{BASE}/sitemap-2026-11.xml", f"{BASE}/sitemap-2026-11.xml?part=2"]
    assert [len(part) for part in parts] == [2, 1]
    assert len({*parts[0], *parts[1]}) == 3


def test_a_month_carries_articles_with_their_pictures(read: Any, port: Any) -> None:
    article = an_article(port, lead_picture=a_picture())
    an_article(port, at=JUNE)

    response = read("sitemap-2026-11.xml")

    assert found(response, "//m:url/m:loc/text()") == [f"{BASE}/port/{article.slug}/"]
    assert found(response, "//m:url/m:lastmod/text()") == ["2026-11-16T12:30:00+00:00"]
    assert found(response, "//i:loc/text()") == [
        "http://127.0.0.1:8000/media/copies/ferry-1600.jpeg"
    ]


def test_withdrawn_and_unpublished_articles_are_in_no_sitemap(read: Any, port: Any) -> None:
    an_article(port, "Draft", at=None)
    withdraw_article(article=an_article(port, "Gone"), by=None, at=NOON, reason="Wrong")

    assert found(read("sitemap.xml"), "//m:loc/text()") == [f"{BASE}/sitemap-pages.xml"]
    assert found(read("sitemap-news.xml"), "//m:loc/text()") == []
    assert read("sitemap-2026-11.xml").status_code == 404


@pytest.mark.parametrize("path", ["2026-13", "2026-0", "0-1", "99999-1", "2026-11"])
def test_a_month_that_cannot_be_is_missing(read: Any, sheet: Any, path: str) -> None:
    assert read(f"sitemap-{path}.xml").status_code == 404


@pytest.mark.parametrize("part", ["0", "-1", "x", "9" * 5000, "2"])
def test_a_part_that_cannot_be_is_missing(read: Any, port: Any, part: str) -> None:
    an_article(port)

    assert read(f"sitemap-2026-11.xml?part={part}").status_code == 404


def test_pages_are_front_sections_plain_pages_topics_and_authors(read: Any, port: Any) -> None:
    a_page(port.get_parent(), title="Ethics", purpose="ethics")
    topic = Topic.objects.create(name="Night rules", slug="night-rules")
    an_article(port, topics=[topic], authors=[an_author()])
    an_author("Nobody Yet")

    response = read("sitemap-pages.xml")

    assert found(response, "//m:loc/text()") == [
        f"{BASE}/{path}"
        for path in (
            "",
            "port/",
            "ethics/",
            "archive/",
            "topics/night-rules/",
            "authors/mara-okafor/",
        )
    ]
    assert set(found(response, "//m:lastmod/text()")) == {"2026-11-16T12:00:00+00:00"}


def test_every_page_in_the_sitemap_answers(read: Any, port: Any, courier: Any) -> None:
    a_page(courier, title="Ethics", purpose="ethics")
    topic = Topic.objects.create(name="Night rules", slug="night-rules")
    an_article(port, topics=[topic], authors=[an_author()])
    an_author("Tomas Lindqvist").outlets.add(courier)

    addresses = found(read("sitemap-pages.xml"), "//m:loc/text()")

    paths = [address.removeprefix(f"{BASE}/") for address in addresses]
    assert [path for path in paths if read(path).status_code != 200] == []
    assert [path for path in paths if path.startswith("authors/")] == [
        "authors/tomas-lindqvist/",
        "authors/mara-okafor/",
    ]


def test_news_are_the_last_two_days_and_not_a_second_more(
    read: Any, port: Any, at_clock: Any
) -> None:
    article = an_article(port, "Bridge & tunnel <open>", at=NOON)
    an_article(port, "Rope", kind="sponsored", sponsor_name="Rope & Co")
    just_inside = NOON + timedelta(days=2, seconds=-1)

    with at_clock(just_inside):
        young = read("sitemap-news.xml")
    with at_clock(just_inside + timedelta(seconds=1)):
        old = read("sitemap-news.xml")

    assert found(young, "//m:loc/text()") == [f"{BASE}/port/{article.slug}/"]
    assert found(young, "//n:title/text()") == ["Bridge & tunnel <open>"]
    assert found(young, "//n:publication/n:name/text()") == ["The Harbour Courier"]
    assert found(young, "//n:publication/n:language/text()") == ["en"]
    assert found(young, "//n:publication_date/text()") == ["2026-11-16T12:00:00+00:00"]
    assert found(old, "//m:loc/text()") == []


@pytest.mark.parametrize(
    "path", ["sitemap.xml", "sitemap-pages.xml", "sitemap-2026-11.xml", "sitemap-news.xml"]
)
def test_sitemaps_cost_the_same_for_three_and_answer_304(
    read: Any, port: Any, path: str, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 2):
        for _each in range(number):
            an_article(port, lead_picture=a_picture())
        with django_assert_max_num_queries(8) as seen:
            response = read(path)
        counts.append(len(seen))

    later = NOON + timedelta(hours=1)  # the newsroom's articles were changed since
    faults = check_sitemap(response.content, f"{BASE}/{path}", response["Content-Type"], now=later)
    assert [str(fault) for fault in faults] == []
    assert counts[0] == counts[1]
    assert read(path, **{"if-none-match": response["ETag"]}).status_code == 304
