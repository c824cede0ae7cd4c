"""The card other sites show for our articles."""

import json
from typing import Any
from urllib.parse import quote

import lxml.etree
import pytest

from masthead.publishing.actions import withdraw_article

from .newsroom import BASE, NOON, a_picture, a_section, an_article, an_author, an_outlet

NOT_OURS = [
    "",
    "x",
    "http://[",
    "https://elsewhere.example/courier/port/a/",
    "ftp://127.0.0.1:8000/courier/",
    f"{BASE}/",
    f"{BASE}/port/",
    f"{BASE}/port/none/",
    "http://127.0.0.1:8000/other/port/a/",
    f"{BASE}/port/%00/",
]


def ask(read: Any, url: str, more: str = "") -> Any:
    return read(f"oembed?url={quote(url, safe='')}{more}")


def test_an_article_has_a_card_in_json(read: Any, port: Any) -> None:
    article = an_article(
        port, "Bridge <b>& tunnel", authors=[an_author()], lead_picture=a_picture()
    )

    response = ask(read, f"{BASE}/port/{article.slug}/?from=mail#end")
    card = json.loads(response.content)

    assert response["Content-Type"] == "application/json; charset=utf-8"
    html = card.pop("html")
    assert card == {
        "version": "1.0",
        "type": "rich",
        "title": "Bridge <b>& tunnel",
        "url": f"{BASE}/port/{article.slug}/",
        "author_name": "Mara Okafor",
        "provider_name": "The Harbour Courier",
        "provider_url": f"{BASE}/",
        "cache_age": 3600,
        "width": 550,
        "height": 240,
        "thumbnail_url": "http://127.0.0.1:8000/media/copies/ferry-1600.jpeg",
        "thumbnail_width": 1600,
        "thumbnail_height": 900,
    }
    assert "Bridge &lt;b&gt;&amp; tunnel" in html
    assert "<script" not in html


def test_the_same_card_in_xml(read: Any, port: Any) -> None:
    article = an_article(port, "Bridge ]]> & tunnel")

    response = ask(read, f"{BASE}/port/{article.slug}/", "&format=xml")
    root = lxml.etree.fromstring(response.content)

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert root.tag == "oembed"
    assert root.findtext("title") == "Bridge ]]> & tunnel"
    assert (root.findtext("html") or "").startswith("<blockquote")


def test_the_card_keeps_to_the_room_there_is(read: Any, port: Any) -> None:
    article = an_article(port, lead_picture=a_picture())

    card = json.loads(
        ask(read, f"{BASE}/port/{article.slug}/", "&maxwidth=500&maxheight=230").content
    )

    assert (card["width"], card["height"]) == (500, 230)
    assert (card["thumbnail_width"], card["thumbnail_height"]) == (400, 225)


@pytest.mark.parametrize("url", NOT_OURS)
def test_an_address_that_is_no_article_of_ours_is_missing(read: Any, sheet: Any, url: str) -> None:
    assert ask(read, url).status_code == 404


def test_another_outlets_article_is_missing_here(read: Any, port: Any) -> None:
    tideline = an_outlet(slug="tideline", title="Tideline")
    article = an_article(a_section(tideline))

    url = f"http://127.0.0.1:8000/tideline/port/{article.slug}/"

    assert ask(read, url).status_code == 404


def test_a_withdrawn_article_has_no_card(read: Any, port: Any) -> None:
    article = an_article(port)
    withdraw_article(article=article, by=None, at=NOON, reason="Wrong")

    assert ask(read, f"{BASE}/port/{article.slug}/").status_code == 404


def test_a_format_that_is_not_known_is_not_implemented(read: Any, port: Any) -> None:
    article = an_article(port)

    assert ask(read, f"{BASE}/port/{article.slug}/", "&format=yaml").status_code == 501


@pytest.mark.parametrize("room", ["0", "-5", "x", "9" * 5000, "٣"])
def test_nonsense_about_room_is_passed_over(read: Any, port: Any, room: str) -> None:
    article = an_article(port)

    response = ask(read, f"{BASE}/port/{article.slug}/", f"&maxwidth={quote(room)}")

    assert json.loads(response.content)["width"] == 550


def test_a_card_of_a_members_article_holds_nothing_of_its_text(read: Any, port: Any) -> None:
    article = an_article(port, text="<p>Only for members</p>", access="members")

    response = ask(read, f"{BASE}/port/{article.slug}/")

    assert b"Only for members" not in response.content
