"""The three feeds, read back by their standards' rules."""

import json
from datetime import timedelta
from typing import Any

import lxml.etree
import pytest
import time_machine

from masthead.articles.models import Topic
from masthead.publishing.actions import withdraw_article
from tests.checks.feeds import check_feed
from tests.conftest import Place, the_courier_and_its_port
from tests.standing import Standing, begins_with

from .newsroom import BASE, NOON, a_picture, a_section, an_article, an_author

FEEDS = {
    "feed.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
}
HOSTILE = "Ships ]]> 3 < 4 & \x00\x0b\x1b\x85\ufffe 🚢 “مرحبا” \u202eabc"
each_feed = pytest.mark.parametrize("file", FEEDS)


def findings(response: Any, path: str) -> list[str]:
    found = check_feed(response.content, f"{BASE}/{path}", response["Content-Type"])
    return [str(each) for each in found]


def first_body(response: Any) -> str:
    if response["Content-Type"].startswith(FEEDS["feed.json"]):
        return str(json.loads(response.content)["items"][0]["content_html"])
    root = lxml.etree.fromstring(response.content)
    tags = (
        "{http://purl.org/rss/1.0/modules/content/}encoded",
        "{http://www.w3.org/2005/Atom}content",
    )
    return "".join(element.text or "" for tag in tags for element in list(root.iter(tag))[:1])


@each_feed
def test_a_feed_with_everything_keeps_its_standard(read: Any, port: Any, file: str) -> None:
    rules = Topic.objects.create(name="Night rules", slug="night-rules")
    authors = [an_author(), an_author("Tomas Lindqvist", post_nominals="PhD")]
    an_article(port, authors=authors, topics=[rules], lead_picture=a_picture())
    an_article(port, "Second", standfirst="")

    response = read(file)

    assert response.status_code == 200
    assert response["Content-Type"] == f"{FEEDS[file]}; charset=utf-8"
    assert findings(response, file) == []


@each_feed
@pytest.mark.parametrize("scope", ["port/", "topics/night-rules/", "authors/mara-okafor/"])
def test_sections_topics_and_authors_have_feeds(
    read: Any, port: Any, file: str, scope: str
) -> None:
    rules = Topic.objects.create(name="Night rules", slug="night-rules")
    an_article(port, authors=[an_author()], topics=[rules])
    an_article(a_section(port.get_parent(), "Schools"), "Elsewhere")

    response = read(scope + file)

    assert findings(response, scope + file) == []
    assert response.content.count(b"urn:uuid:") == 1
    assert b"Elsewhere" not in response.content


@each_feed
def test_an_outlet_without_articles_has_a_valid_feed(read: Any, sheet: Any, file: str) -> None:
    response = read(file)

    assert response.status_code == 200
    assert findings(response, file) == []


@each_feed
def test_hostile_words_reach_readers_as_words(read: Any, port: Any, file: str) -> None:
    an_article(port, HOSTILE.replace("\x00", ""), standfirst=HOSTILE.replace("\x00", ""))

    response = read(file)

    assert findings(response, file) == []
    assert "]]&gt;" in response.content.decode() or "]]>" in response.content.decode()
    assert "🚢" in response.content.decode()


@each_feed
def test_text_is_carried_in_full_with_absolute_addresses(read: Any, port: Any, file: str) -> None:
    an_article(port, text='<p>One <a href="/port/">here</a></p><p>Two</p><p>Three</p><p>Four</p>')

    body = first_body(read(file))

    assert 'href="http://127.0.0.1:8000/port/"' in body
    assert "<p>Four</p>" in body


@each_feed
def test_blanks_between_words_are_kept(read: Any, port: Any, file: str) -> None:
    an_article(port, text="<p><b>Two</b> <i>words</i></p>")

    assert "<b>Two</b> <i>words</i>" in first_body(read(file))


@each_feed
def test_of_a_members_article_only_the_first_parts_leave(read: Any, port: Any, file: str) -> None:
    text = "".join(f"<p>Part {word}</p>" for word in ("one", "two", "three", "four", "five"))
    an_article(port, text=text, access="members")

    response = read(file)
    body = first_body(response)

    assert findings(response, file) == []
    assert "Part three" in body
    assert "The rest of this article is for members." in body
    assert b"Part four" not in response.content


@each_feed
def test_what_is_paid_for_says_so_in_title_and_text(read: Any, port: Any, file: str) -> None:
    an_article(port, "Buy rope", kind="sponsored", sponsor_name="Rope & Co")

    response = read(file)

    assert "Sponsored: Buy rope" in response.content.decode()
    assert "Paid for by Rope &amp; Co" in first_body(response)


@each_feed
def test_drafts_plans_and_withdrawn_articles_are_in_no_feed(
    read: Any, port: Any, file: str
) -> None:
    an_article(port, "Only a draft", at=None)
    an_article(port, "Planned", at=None, go_live_at=NOON + timedelta(days=1))
    gone = an_article(port, "Was withdrawn")
    withdraw_article(article=gone, by=None, at=NOON, reason="Wrong")

    response = read(file)

    assert response.content.count(b"urn:uuid:") == 0


@each_feed
def test_a_reader_who_has_the_feed_gets_304(read: Any, port: Any, file: str) -> None:
    an_article(port)
    first = read(file)

    by_tag = read(file, **{"if-none-match": first["ETag"]})
    by_date = read(file, **{"if-modified-since": first["Last-Modified"]})

    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    assert by_tag["Cache-Control"] == first["Cache-Control"]
    assert "s-maxage" in first["Cache-Control"]


@each_feed
@pytest.mark.parametrize("scope", ["", "topics/night-rules/", "authors/mara-okafor/"])
def test_three_articles_cost_the_queries_of_one(
    read: Any, port: Any, file: str, scope: str, django_assert_max_num_queries: Any
) -> None:
    rules = Topic.objects.create(name="Night rules", slug="night-rules")
    body = [
        ("text", "<p>Hm</p>"),
        ("embed", {"url": "https://www.youtube.com/watch?v=abcdefghijk"}),
    ]
    writer = an_author()
    counts = []
    for number in (1, 2):
        for _each in range(number):
            an_article(port, body=body, authors=[writer], topics=[rules], lead_picture=a_picture())
        with django_assert_max_num_queries(8) as seen:
            read(scope + file)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def thirty_two_articles(place: Place) -> bool:
    with time_machine.travel(NOON, tick=False):
        for number in range(32):
            an_article(place[1], f"Number {number}.", at=NOON - timedelta(hours=number))
        return True


@pytest.fixture
@begins_with(thirty_two_articles, after=the_courier_and_its_port)
def many(courier: Any, port: Any, standing: Standing) -> None:
    """An article an hour, from number 0, the newest, to number 31."""
    assert standing.made_by(thirty_two_articles) or thirty_two_articles((courier, port))


@each_feed
def test_only_the_newest_thirty_are_carried(read: Any, many: None, file: str) -> None:
    response = read(file)

    assert response.content.count(b"urn:uuid:") == 30
    assert b"Number 0." in response.content
    assert b"Number 31." not in response.content


@each_feed
@pytest.mark.parametrize("path", ["nowhere/", "topics/none/", "authors/nobody/"])
def test_a_feed_of_nothing_we_know_is_missing(read: Any, sheet: Any, file: str, path: str) -> None:
    assert read(path + file).status_code == 404


def test_a_renamed_section_sends_its_subscribers_on(
    read: Any, port: Any, django_capture_on_commit_callbacks: Any
) -> None:
    port.slug = "harbour"
    with django_capture_on_commit_callbacks(execute=True):
        port.save_revision().publish()

    response = read("port/feed.xml")

    assert (response.status_code, response["Location"]) == (301, "/courier/harbour/feed.xml")


def test_every_kind_of_part_has_a_form_for_feeds(read: Any, port: Any) -> None:
    from masthead.articles.models import PublishedText

    article = an_article(port, lead_picture=a_picture())
    text = PublishedText.objects.get(published__article=article)
    text.snapshot["body"] = every_part(picture=a_picture().pk)
    text.save()

    response = read("feed.xml")
    body = first_body(response)

    assert findings(response, "feed.xml") == []
    for number in range(1, 15):
        assert f"part-{number:02}" in body, number


def every_part(*, picture: int) -> list[dict[str, Any]]:
    shown = {"picture": picture, "alt": "A crane", "caption": "", "credit": "Varga"}
    sound = {
        "url": "/media/media/talk.mp3",
        "type": "audio/mpeg",
        "title": "part-09",
        "credit": "",
        "seconds": 60,
        "width": 0,
        "height": 0,
        "poster": "",
        "transcript": "Hello\n\nyou",
        "caption": "",
    }
    file = {"url": "/media/documents/ab/", "title": "part-11", "bytes": 2048, "extension": "pdf"}
    table = {"head": ["Ship"], "rows": [[{"kind": "text", "text": "part-08"}]], "source": "Port"}
    return [
        {"kind": "text", "html": "<p>part-01</p>"},
        {"kind": "subheading", "text": "part-02", "id": "part-02"},
        {"kind": "picture", **shown, "caption": "part-03", "width": "text"},
        {"kind": "gallery", "title": "part-04", "pictures": [shown, shown]},
        {"kind": "pull_quote", "quotation": "part-05", "speaker": "Ruth", "speaker_role": "pilot"},
        {"kind": "quotation", "html": "<p>part-06</p>", "source": "Log"},
        {"kind": "embed", "url": "https://example.org/v", "title": "part-07", "caption": "So"},
        {"kind": "table", "caption": "Ships", **table},
        {"kind": "audio", **sound},
        {"kind": "video", **sound, "title": "part-10"},
        {"kind": "document", **file, "note": "Minutes"},
        {"kind": "fact_box", "title": "part-12", "html": "<ul><li>Fact</li></ul>"},
        {"kind": "chart", **shown, "caption": "part-13", "source": "Port", "data": file},
        {"kind": "divider"},
        {"kind": "text", "html": "<p>part-14</p>"},
    ]


def test_scripts_of_other_sites_may_read_a_feed(read: Any, sheet: Any) -> None:
    assert read("feed.json")["Access-Control-Allow-Origin"] == "*"
