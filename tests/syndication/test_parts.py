"""Sharing and following on readers' pages."""

from dataclasses import replace
from typing import Any

from masthead.outlets.sheet import Sheet, SheetFollow
from masthead.press.page_parts import parts_at, render_parts
from masthead.syndication.parts import follow_bar, share_links

ARTICLE = {
    "absolute_url": "https://courier.example/port/a/",
    "headline": "Bridge & tunnel “open”",
    "social_headline": "Bridge & tunnel “open”",
}


def followed(sheet: Sheet, *networks: str) -> Sheet:
    links = [
        SheetFollow(name, name.title(), f"https://{name}.example/c", name) for name in networks
    ]
    return replace(sheet, follow=links)


def test_an_article_is_shared_where_its_outlet_is_and_by_mail(sheet: Sheet) -> None:
    context = {"sheet": followed(sheet, "telegram", "rumble", "rss"), "article": ARTICLE}

    built = share_links(context)

    assert built is not None
    assert [(link["network"], link["url"]) for link in built["links"]] == [
        (
            "telegram",
            "https://t.me/share/url?url=https%3A%2F%2Fcourier.example%2Fport%2Fa%2F"
            "&text=Bridge%20%26%20tunnel%20%E2%80%9Copen%E2%80%9D",
        ),
        (
            "mail",
            "mailto:?subject=Bridge%20%26%20tunnel%20%E2%80%9Copen%E2%80%9D"
            "&body=https%3A%2F%2Fcourier.example%2Fport%2Fa%2F",
        ),
    ]


def test_pages_without_an_article_and_previews_have_nothing_to_share(sheet: Sheet) -> None:
    assert share_links({"sheet": sheet}) is None
    assert share_links({"sheet": sheet, "article": ARTICLE, "is_preview": True}) is None


def test_the_follow_bar_stands_aside_when_there_is_nothing_to_follow(sheet: Sheet) -> None:
    assert follow_bar({"sheet": sheet}) is None
    assert follow_bar({"sheet": followed(sheet, "gab")}) == {}


def test_both_stand_in_their_places_and_are_rendered(sheet: Sheet) -> None:
    context: dict[str, Any] = {"sheet": followed(sheet, "telegram"), "article": ARTICLE}

    rendered = {place: render_parts(place, context) for place in ("after_byline", "after_text")}

    assert "share-links" in [part.name for part in parts_at("after_byline")]
    assert "https://t.me/share/url" in "".join(rendered["after_byline"])
    assert "https://telegram.example/c" in "".join(rendered["after_text"])
