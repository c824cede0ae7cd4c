from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .feeds import check_feed, check_with_feedvalidator, find_feedvalidator
from .findings import ToolMissing, rules_of

SITE = "https://courier.example"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Courier</title><link>{SITE}/</link><description>News of the town</description>
<atom:link rel="self" type="application/rss+xml" href="{SITE}/feed/"/>
<language>en-GB</language><lastBuildDate>Mon, 02 Nov 2026 09:30:00 +0000</lastBuildDate>
<image><url>{SITE}/logo.png</url><title>Courier</title><link>{SITE}/</link></image>
<item><title>Bridge opens</title><link>{SITE}/bridge/</link>
<guid isPermaLink="false">urn:uuid:0192d0f1-0000-7000-8000-000000000001</guid>
<pubDate>Mon, 02 Nov 2026 08:00:00 +0000</pubDate><dc:creator>Bo</dc:creator>
<category>Town</category><description>The bridge opens.</description>
<content:encoded><![CDATA[<p>The <a href="{SITE}/x/">bridge</a> opens.</p>]]></content:encoded>
<media:content url="{SITE}/b.jpg" type="image/jpeg" medium="image" width="1200" height="800"/>
</item>
<item><title>Second</title><link>{SITE}/second/</link>
<guid isPermaLink="true">{SITE}/second/</guid>
<pubDate>Sun, 01 Nov 2026 08:00:00 +0000</pubDate><description>More.</description></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><id>{SITE}/</id><title>Courier</title>
<updated>2026-11-02T09:30:00Z</updated><link rel="self" href="{SITE}/feed/"
 type="application/atom+xml"/><link href="{SITE}/"/>
<entry><id>urn:uuid:0192d0f1-0000-7000-8000-000000000001</id><title>Bridge opens</title>
<link href="{SITE}/bridge/" type="text/html"/><published>2026-11-02T08:00:00+00:00</published>
<updated>2026-11-02T09:30:00Z</updated><author><name>Bo</name><uri>{SITE}/by/bo/</uri></author>
<category term="town"/><summary>The bridge opens.</summary>
<content type="html"
>&lt;p&gt;The &lt;a href="{SITE}/x/"&gt;bridge&lt;/a&gt; opens.&lt;/p&gt;</content
></entry></feed>"""

TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}


def a_json_feed() -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Courier",
        "home_page_url": f"{SITE}/",
        "feed_url": f"{SITE}/feed/",
        "language": "en-GB",
        "authors": [{"name": "Courier", "url": f"{SITE}/"}],
        "items": [
            {
                "id": "0192d0f1",
                "url": f"{SITE}/bridge/",
                "title": "Bridge opens",
                "content_html": "<p>The bridge opens.</p>",
                "summary": "It opens.",
                "date_published": "2026-11-02T08:00:00Z",
                "tags": ["Town"],
                "image": f"{SITE}/b.jpg",
                "authors": [{"name": "Bo"}],
                "_masthead": {"version": 1},
                "attachments": [
                    {"url": f"{SITE}/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 10}
                ],
            }
        ],
    }


def rules(feed: str, kind: str) -> list[str]:
    return rules_of(check_feed(feed.encode(), f"{SITE}/feed/", TYPES[kind]))


@pytest.mark.parametrize(
    ("feed", "kind"),
    [
        (RSS, "rss"),
        (ATOM, "atom"),
        (json.dumps(a_json_feed()), "json"),
    ],
)
def test_a_sound_feed_has_no_findings(feed, kind):
    assert rules(feed, kind) == []


# What is replaced, by what, and the rule that must find it.
RSS_FAULTS = {
    "not well-formed": ("</channel>", "", "unreadable"),
    "document type": ("<rss ", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss ", "unreadable"),
    "old version": ('version="2.0" xmlns:atom', 'version="0.91" xmlns:atom', "version"),
    "no description": ("<description>News of the town</description>", "", "missing"),
    "empty title": ("<title>Bridge opens</title>", "<title> </title>", "empty"),
    "two titles": ("<title>Bridge opens</title>", "<title>A</title><title>B</title>", "repeated"),
    "no guid": (f'<guid isPermaLink="true">{SITE}/second/</guid>', "", "missing"),
    "guid is no link": ('<guid isPermaLink="false">urn', "<guid>urn", "guid"),
    "doubled guid": (
        f'<guid isPermaLink="true">{SITE}/second/</guid>',
        '<guid isPermaLink="false">urn:uuid:0192d0f1-0000-7000-8000-000000000001</guid>',
        "doubled-id",
    ),
    "ISO date": ("Mon, 02 Nov 2026 08:00:00 +0000", "2026-11-02T08:00:00Z", "date"),
    "wrong weekday": ("Mon, 02 Nov 2026 08:00:00 +0000", "Tue, 02 Nov 2026 08:00:00 +0000", "date"),
    "impossible day": ("Mon, 02 Nov 2026 08:00:00", "Mon, 32 Nov 2026 08:00:00", "date"),
    "translated month": ("Sun, 01 Nov 2026 08", "So, 01 Nov 2026 08", "date"),
    "relative link": (f"<link>{SITE}/bridge/</link>", "<link>/bridge/</link>", "relative-link"),
    "relative link in text": (f'href="{SITE}/x/"', 'href="/x/"', "relative-link"),
    "relative picture": (f'url="{SITE}/b.jpg"', 'url="/b.jpg"', "relative-link"),
    "script in text": ("<p>The", "<script>1</script><p>The", "active-content"),
    "handler in text": ("<p>The", '<p onclick="x()">The', "active-content"),
    "element left open": ("opens.</p>]]", "opens.</p><b>]]", "html"),
    "style of its own": ("<p>The", '<p style="color:red">The', "style"),
    "HTML in the title": ("<title>Bridge", "<title>&lt;b&gt;Bridge&lt;/b&gt;", "markup"),
    "unknown medium": ('medium="image"', 'medium="picture"', "type"),
    "control character": ("<description>The", "<description>&#x85;The", "control-character"),
    "misspelt namespace": ("modules/content/", "modules/content", "namespace"),
    "image of another channel": (
        "<title>Courier</title><link>https://courier.example/</link></image>",
        "<title>Post</title><link>https://courier.example/</link></image>",
        "image",
    ),
    "self elsewhere": ('href="https://courier.example/feed/"', f'href="{SITE}/rss/"', "self-link"),
    "no self": ('rel="self"', 'rel="hub"', "self-link"),
    "bad language": ("<language>en-GB", "<language>en_GB", "language"),
    "author without mail": ("<dc:creator>Bo</dc:creator>", "<author>Bo</author>", "mailbox"),
    "unknown element": ("<category>Town", "<section>A</section><category>Town", "unknown"),
    "image without title": (
        f"<title>Courier</title><link>{SITE}/</link></image>",
        f"<link>{SITE}/</link></image>",
        "image,missing",
    ),
    "enclosure without length": (
        "<category>",
        f'<enclosure url="{SITE}/a.mp3" length="" type="audio/mpeg"/><category>',
        "number",
    ),
}


@pytest.mark.parametrize("fault", RSS_FAULTS)
def test_a_seeded_fault_in_rss_is_found(fault):
    old, new, rule = RSS_FAULTS[fault]
    assert old in RSS

    assert rules(RSS.replace(old, new, 1), "rss") == rule.split(",")


def test_full_text_before_the_description_is_found():
    start, end = RSS.index("<content:encoded>"), RSS.index("</content:encoded>") + 18
    encoded = RSS[start:end]
    moved = RSS.replace(encoded, "").replace("<category>", encoded + "<category>")

    assert rules(moved, "rss") == ["order"]


ATOM_FAULTS = {
    "not well-formed": ("</entry>", "", "unreadable"),
    "no id": (f"<id>{SITE}/</id>", "", "missing"),
    "id is no IRI": ("<id>urn:uuid:0192d0f1-0000-7000-8000-000000000001", "<id>17", "id"),
    "no updated": ("<updated>2026-11-02T09:30:00Z</updated><author>", "<author>", "missing"),
    "mail date": (
        "<updated>2026-11-02T09:30:00Z</updated><link",
        "<updated>Mon, 02 Nov 2026 09:30:00 GMT</updated><link",
        "date",
    ),
    "no zone": ("2026-11-02T08:00:00+00:00", "2026-11-02T08:00:00", "date"),
    "updated before published": ("2026-11-02T08:00:00+00:00", "2026-11-03T08:00:00Z", "date"),
    "no author": (f"<author><name>Bo</name><uri>{SITE}/by/bo/</uri></author>", "", "missing"),
    "author without name": ("<name>Bo</name>", "", "missing"),
    "relative author": (f"<uri>{SITE}/by/bo/</uri>", "<uri>/by/bo/</uri>", "relative-link"),
    "no alternate": (f'<link href="{SITE}/bridge/" type="text/html"/>', "", "missing"),
    "two alternates": (f'<link href="{SITE}/"/>', f'<link href="{SITE}/"/>' * 2, "repeated"),
    "relative link": (f'href="{SITE}/bridge/"', 'href="/bridge/"', "relative-link"),
    "relative in content": (f'href="{SITE}/x/"', 'href="x/"', "relative-link"),
    "unescaped markup": ("&lt;p&gt;The &lt;a", "<b/>&lt;p&gt;The &lt;a", "markup"),
    "unknown content type": ('content type="html"', 'content type="escaped"', "type"),
    "category without term": ('<category term="town"/>', "<category/>", "missing"),
    "RSS element": ("<summary>", "<pubDate>x</pubDate><summary>", "unknown"),
    "two summaries": ("<summary>", "<summary>A</summary><summary>", "repeated"),
    "self elsewhere": (
        f'rel="self" href="{SITE}/feed/"',
        f'rel="self" href="{SITE}/a/"',
        "self-link",
    ),
    "bad link language": (' type="text/html"', ' type="text/html" hreflang="e_n"', "language"),
    "bad link type": ('type="text/html"', 'type="html"', "type"),
    "bad language": ('xml:lang="en-GB"', 'xml:lang="en_GB"', "language"),
}


@pytest.mark.parametrize("fault", ATOM_FAULTS)
def test_a_seeded_fault_in_atom_is_found(fault):
    old, new, rule = ATOM_FAULTS[fault]
    assert old in ATOM

    assert rules(ATOM.replace(old, new, 1), "atom") == [rule]


def test_two_entries_with_one_id_are_found():
    start, end = ATOM.index("<entry>"), ATOM.index("</entry>") + 8
    entry = ATOM[start:end]

    assert rules(ATOM.replace(entry, entry * 2), "atom") == ["doubled-id"]


JSON_FAULTS: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "old version": ("version", lambda f: f.update(version="https://jsonfeed.org/version/1")),
    "no title": ("missing", lambda f: f.pop("title")),
    "no items": ("missing", lambda f: f.pop("items")),
    "author of version 1": ("unknown", lambda f: f.update(author={"name": "Bo"})),
    "feed elsewhere": ("self-link", lambda f: f.update(feed_url=f"{SITE}/other")),
    "id is a number": ("type", lambda f: f["items"][0].update(id=17)),
    "no content": ("missing", lambda f: f["items"][0].pop("content_html")),
    "doubled id": ("doubled-id", lambda f: f["items"].append(f["items"][0])),
    "mail date": (
        "date",
        lambda f: f["items"][0].update(date_published="Mon, 02 Nov 2026 08:00:00 GMT"),
    ),
    "relative address": ("relative-link", lambda f: f["items"][0].update(url="/bridge/")),
    "relative in text": (
        "relative-link",
        lambda f: f["items"][0].update(content_html='<img src="b.jpg">'),
    ),
    "attachment without type": (
        "missing",
        lambda f: f["items"][0]["attachments"][0].pop("mime_type"),
    ),
    "nobody as author": ("missing", lambda f: f["items"][0].update(authors=[{}])),
    "tags in one text": ("type", lambda f: f["items"][0].update(tags="Town, River")),
    "empty title": ("empty", lambda f: f["items"][0].update(title="")),
    "bad language": ("language", lambda f: f.update(language="English")),
}


@pytest.mark.parametrize("fault", JSON_FAULTS)
def test_a_seeded_fault_in_json_feed_is_found(fault):
    rule, change = JSON_FAULTS[fault]
    feed = a_json_feed()
    change(feed)

    assert rules(json.dumps(feed), "json") == [rule]


def test_a_feed_served_as_something_else_is_found():
    findings = check_feed(RSS.encode(), f"{SITE}/feed/", "text/html; charset=utf-8")

    assert rules_of(findings) == ["media-type"]


def test_what_is_no_feed_is_found():
    assert rules("<html></html>", "rss") == ["unreadable"]


def test_a_missing_validator_is_no_pass(monkeypatch, tmp_path):
    monkeypatch.setenv("FEEDVALIDATOR_PATH", str(tmp_path))

    with pytest.raises(ToolMissing):
        check_with_feedvalidator(RSS.encode(), f"{SITE}/feed/", TYPES["rss"])


@pytest.mark.skipif(find_feedvalidator() is None, reason="FEEDVALIDATOR_PATH is not set")
@pytest.mark.parametrize(("feed", "kind"), [(RSS, "rss"), (ATOM, "atom")])
def test_the_w3c_validator_agrees_that_a_sound_feed_is_sound(feed, kind):
    assert check_with_feedvalidator(feed.encode(), f"{SITE}/feed/", TYPES[kind]) == []
