"""Editions on the site: what is shown of them, when their pages go, their feeds."""

import json
from datetime import timedelta

import pytest
from defusedxml import ElementTree

from masthead.changes import keys
from masthead.newsletters.addresses import edition_path
from masthead.newsletters.archive.pages import edition_page
from masthead.newsletters.archive.views import edition as edition_view
from masthead.newsletters.models import Edition
from masthead.press.asking import Asking
from masthead.publishing.actions import withdraw_article
from tests.factories import NOON, a_picture, an_article
from tests.newsletters.kits import a_newsletter, an_edition, article, sent


@pytest.fixture
def evening(courier):
    return a_newsletter(courier)


@pytest.fixture
def pages(port):
    return [
        an_article(port, "First ship", lead_picture=a_picture()),
        an_article(port, "Second ship"),
    ]


@pytest.fixture
def edition(evening, pages):
    blocks = [
        {"kind": "greeting", "html": "<p>Good evening.</p>"},
        article(pages[0], size="lead"),
        article(pages[1]),
        {"kind": "offer", "title": "Read without advertising"},
        {"kind": "divider"},
    ]
    return sent(an_edition(evening, *blocks), at=NOON + timedelta(hours=6))


def test_an_edition_that_was_sent_is_a_page(read, edition):
    answer = read(edition_path(edition))

    text = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Ships by night", "Good evening.", "First ship", "Second ship"):
        assert words in text
    assert "Read without advertising" not in text


def test_a_subject_that_is_the_first_headline_is_said_once(read, evening, pages):
    edition = sent(an_edition(evening, article(pages[0])), at=NOON)
    Edition.objects.filter(pk=edition.pk).update(subject="First ship")

    main = read(edition_path(edition)).content.decode().split("<main")[1].split("</main>")[0]

    assert (main.count("First ship</a>"), "<h1>First ship" in main) == (1, False)


def test_one_that_was_not_sent_is_none(read, evening, pages):
    assert read(edition_path(an_edition(evening, article(pages[0])))).status_code == 404


def test_a_withdrawn_article_is_gone_from_it_and_takes_the_printed_page_along(
    read, edition, pages, sheet, ada
):
    printed = edition_view.print(
        Asking(sheet, NOON), newsletter="evening", edition=edition.public_id
    )
    withdraw_article(article=pages[0], by=ada, at=NOON, reason="It was wrong.")

    text = read(edition_path(edition)).content.decode()

    assert "First ship" not in text
    assert "Second ship" in text
    assert {keys.article(each.pk) for each in pages} <= printed.keys
    assert keys.newsletter(edition.newsletter_id) in printed.keys


def test_the_archive_lists_editions_and_feeds(read, edition, evening, pages):
    an_edition(evening, article(pages[1]), subject="Still a draft")

    text = read("newsletters/evening/").content.decode()

    assert "The day at six, every day." in text
    assert edition_path(edition) in text
    assert "newsletters/evening/feed.xml" in text
    assert "Still a draft" not in text


def test_a_newsletter_that_does_not_exist_is_missing(read, evening):
    assert read("newsletters/noon/").status_code == 404
    assert read("newsletters/noon/feed.xml").status_code == 404


@pytest.mark.parametrize("file", ["feed.xml", "atom.xml"])
def test_the_feeds_are_sound(read, edition, file):
    answer = read(f"newsletters/evening/{file}")

    root = ElementTree.fromstring(answer.content)
    titles = [each.text for each in root.iter() if each.tag.rpartition("}")[2] == "title"]
    assert titles == ["The Evening Courier – The Harbour Courier", "Ships by night"]
    assert "First ship" in answer.content.decode()


def test_the_feed_as_json(read, edition):
    item = json.loads(read("newsletters/evening/feed.json").content)["items"][0]

    assert item["title"] == "Ships by night"
    assert "http://127.0.0.1:8000/courier/port/" in item["content_html"]


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_queries_do_not_grow(evening, port, sheet, how_many, django_assert_num_queries):
    blocks = [article(an_article(port, f"No. {n}")) for n in range(how_many)]
    edition = sent(an_edition(evening, *blocks), at=NOON)

    with django_assert_num_queries(5):  # newsletter, edition, rows, versions, cards
        edition_page(sheet=sheet, slug="evening", public_id=edition.public_id)
