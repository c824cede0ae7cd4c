"""What the public pages say to feed readers, search engines and other sites."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urljoin

import pytest

from tests.checks.feeds import check_feed, check_with_feedvalidator, find_feedvalidator
from tests.checks.sitemaps import check_sitemap
from tests.journeys.cast import ARABIC
from tests.journeys.network import Network
from tests.journeys.public_pages import OUTLETS
from tests.journeys.reading import locations, read

pytestmark = pytest.mark.journey
FILES = ("feed.xml", "atom.xml", "feed.json")
LISTS = (
    "/courier/",
    "/tideline/",
    f"/{ARABIC}/",
    "/courier/city-hall/",
    "/courier/city-hall/planning/",
    "/courier/weather/",
    "/courier/briefs/",
    f"/{ARABIC}/port/",
    "/courier/topics/night-pilotage/",
    "/courier/authors/mara-okafor/",
    "/courier/authors/courier-staff/",
)
NAMED = (
    "/courier/",
    "/courier/city-hall/",
    "/courier/topics/night-pilotage/",
    "/courier/authors/mara-okafor/",
)
ARTICLE = "/courier/port/night-trial-halfway/"


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("path", LISTS)
def test_every_feed_keeps_its_rules(demo: Network, path: str, file: str) -> None:
    url = demo.base + path + file
    answer = read(url)
    findings = check_feed(answer.body, url, answer.type)
    if find_feedvalidator() is not None and file != "feed.json":  # it knows XML alone
        findings += check_with_feedvalidator(answer.body, url, answer.type)

    assert answer.status == 200
    assert not findings, "\n".join(map(str, findings))


@pytest.mark.parametrize("path", NAMED)
def test_a_list_names_its_feeds(demo: Network, path: str) -> None:
    page = read(demo.base + path)
    found = {
        urljoin(page.url, link["href"])
        for link in page.links("alternate")
        if "xml" in link["type"] or "json" in link["type"]
    }

    assert found == {demo.base + path + file for file in FILES}


def test_feeds_hold_nothing_that_is_not_public(demo: Network) -> None:
    feed = json.loads(read(f"{demo.base}/courier/feed.json").body)
    members = next(item for item in feed["items"] if "interview-harbour-master" in item["url"])
    urls = " ".join(item["url"] for item in feed["items"])

    assert "tug-crews-nights" not in urls  # scheduled
    assert "levy-hauliers-draft" not in urls
    assert "antares-reach-berth-seven" not in urls  # withdrawn
    assert len(members["content_html"]) < 1_500


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_sitemap_keeps_its_rules(demo: Network, outlet: str) -> None:
    findings = []
    now = datetime.now(UTC) + timedelta(seconds=5)
    for url in _sitemaps(demo, outlet):
        answer = read(url)
        findings += check_sitemap(answer.body, url, answer.type, now=now)

    assert not findings, "\n".join(map(str, findings))


def _sitemaps(demo: Network, outlet: str) -> Iterator[str]:
    index = f"{demo.base}/{outlet}/sitemap.xml"
    yield from (index, f"{demo.base}/{outlet}/sitemap-news.xml", *locations(read(index)))


@pytest.mark.parametrize("outlet", OUTLETS)
def test_robots_names_the_sitemaps_and_closes_the_desk(demo: Network, outlet: str) -> None:
    answer = read(f"{demo.base}/{outlet}/robots.txt")
    lines = answer.text.splitlines()

    assert answer.type == "text/plain; charset=utf-8"
    assert "Disallow: /desk/" in lines
    assert f"Sitemap: {demo.base}/{outlet}/sitemap.xml" in lines
    assert f"Sitemap: {demo.base}/{outlet}/sitemap-news.xml" in lines


def test_the_networks_own_robots_names_every_outlets_sitemaps(demo: Network) -> None:
    """On a shared host crawlers read only /robots.txt at the root."""
    answer = read(f"{demo.base}/robots.txt")
    lines = answer.text.splitlines()

    assert answer.status == 200
    assert [line for line in lines if line.endswith("/sitemap.xml")] == [
        f"Sitemap: {demo.base}/{outlet}/sitemap.xml" for outlet in OUTLETS
    ]


def test_security_txt_has_a_contact_and_an_end(demo: Network) -> None:
    answer = read(f"{demo.base}/courier/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines() if ": " in line)
    ends = datetime.fromisoformat(fields["Expires"])

    assert answer.type == "text/plain; charset=utf-8"
    assert fields["Contact"].startswith(("mailto:", "https:"))
    assert timedelta(days=1) < ends - datetime.now(UTC) < timedelta(days=366)


def test_an_article_can_be_embedded_elsewhere(demo: Network) -> None:
    page = read(demo.base + ARTICLE)
    card = next(link for link in page.links("alternate") if "oembed" in link.get("type", ""))
    answer = read(urljoin(page.url, card["href"]))
    told = json.loads(answer.body)

    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert demo.base + ARTICLE in told["html"]
    assert told["title"]


def test_oembed_knows_nothing_of_other_addresses(demo: Network) -> None:
    foreign = quote("https://elsewhere.example/", safe="")

    assert read(f"{demo.base}/courier/oembed?url={foreign}").status == 404


def test_the_address_of_a_page_is_one(demo: Network) -> None:
    """A slash left out, or letters in capitals, do not make a second page."""
    without_slash = read(demo.base + ARTICLE.rstrip("/"))

    assert without_slash.status == 301
    assert urljoin(demo.base, without_slash.headers["Location"]) == demo.base + ARTICLE
