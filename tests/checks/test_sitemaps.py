from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .findings import rules_of
from .sitemaps import check_sitemap

SITE = "https://courier.example"
NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)

NEWS = f"""<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>{SITE}/bridge/</loc><lastmod>2026-11-03T09:30:00+01:00</lastmod>
<news:news><news:publication><news:name>Courier</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2026-11-02T08:00:00Z</news:publication_date>
<news:title>Bridge opens</news:title></news:news>
<image:image><image:loc>{SITE}/b.jpg</image:loc></image:image></url>
<url><loc>{SITE}/about/</loc><lastmod>2026-01-02</lastmod></url></urlset>"""

INDEX = f"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{SITE}/sitemap-1.xml</loc><lastmod>2026-11-03</lastmod></sitemap></sitemapindex>"""


def rules(body: str, content_type: str = "application/xml") -> list[str]:
    return rules_of(check_sitemap(body.encode(), f"{SITE}/sitemap.xml", content_type, now=NOW))


@pytest.mark.parametrize("body", [NEWS, INDEX, NEWS[: NEWS.index("<url>")] + "</urlset>"])
def test_a_sound_sitemap_an_index_and_one_without_news_have_no_findings(body):
    assert rules(body) == []


FAULTS = {
    "not well-formed": ("</url></urlset>", "", "unreadable"),
    "no namespace": ('xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', "", "unreadable"),
    "no address": (f"<loc>{SITE}/about/</loc>", "", "missing,relative-link"),
    "relative address": (f"<loc>{SITE}/about/</loc>", "<loc>/about/</loc>", "relative-link"),
    "another host": (f"<loc>{SITE}/about/", "<loc>https://other.example/about/", "other-host"),
    "another scheme": (f"<loc>{SITE}/about/", "<loc>http://courier.example/about/", "other-host"),
    "listed twice": (f"<loc>{SITE}/about/", f"<loc>{SITE}/bridge/", "doubled"),
    "date in words": ("2026-01-02", "2 January 2026", "date"),
    "date to come": ("<lastmod>2026-01-02", "<lastmod>2027-01-02", "future"),
    "embargoed news": ("2026-11-02T08:00:00Z", "2026-11-03T12:00:01Z", "future"),
    "old news": ("2026-11-02T08:00:00Z", "2026-11-01T11:59:59Z", "old-news"),
    "no title": ("<news:title>Bridge opens</news:title>", "", "missing"),
    "no publication name": ("<news:name>Courier</news:name>", "<news:name/>", "empty"),
    "bad language": (">en<", ">English<", "language"),
    "relative picture": (f"<image:loc>{SITE}", "<image:loc>", "relative-link"),
    "unknown element": ("<url><loc>", "<page/><url><loc>", "unknown"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_found_by_its_rule(fault):
    old, new, rule = FAULTS[fault]
    assert old in NEWS

    assert rules(NEWS.replace(old, new, 1)) == rule.split(",")


def test_news_exactly_two_days_old_is_still_news():
    assert rules(NEWS.replace("2026-11-02T08:00:00Z", "2026-11-01T12:00:00Z")) == []


def test_more_entries_than_the_protocol_allows_are_found():
    entries = "".join(f"<url><loc>{SITE}/{number}/</loc></url>" for number in range(50_001))
    body = NEWS[: NEWS.index("<url>")] + entries + "</urlset>"

    assert rules(body) == ["too-big"]


def test_a_sitemap_served_as_a_page_is_found():
    assert rules(NEWS, "text/html") == ["media-type"]
