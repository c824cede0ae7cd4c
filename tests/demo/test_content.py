"""The demo network's words and pictures hold together."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest
from PIL import Image

from masthead.demo.content.blocks import BadBody, Block, read_blocks
from masthead.demo.content.dates import dated
from masthead.demo.content.markup import to_html
from masthead.demo.content.reading import (
    CONTENT,
    PAGES,
    PICTURES,
    DemoArticle,
    picture_path,
    read_article,
    read_articles,
    read_authors,
    read_fronts,
    read_network,
    read_page,
)
from masthead.demo.drawing.__main__ import SCENES
from masthead.outlets.networks import NETWORKS, profile_url

DAY = date(2026, 11, 22)
KINDS = {
    "report", "analysis", "opinion", "explainer", "interview", "review", "letters", "sponsored",
}  # fmt: skip
INTERNAL = re.compile(r'href="(article|page|outlet):([^"]+)"')


@cache
def articles() -> dict[str, DemoArticle]:
    return {f"{article.outlet}/{article.slug}": article for article in read_articles()}


def outlets() -> dict[str, Any]:
    return {outlet["slug"]: outlet for outlet in read_network()["outlets"]}


def section_paths(outlet: dict[str, Any]) -> set[str]:
    paths = set()
    for section in outlet["sections"]:
        children = section.get("children", [])
        paths |= {section["slug"], *(f"{section['slug']}/{child['slug']}" for child in children)}
    return paths


def every_article() -> Any:
    paths = sorted(CONTENT.glob("articles/*/*.md"))
    return pytest.mark.parametrize(
        "article", [read_article(p) for p in paths], ids=lambda a: a.slug
    )


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pictures_in(blocks: list[Block]) -> list[tuple[str, str, str, str]]:
    found = []
    for block in blocks:
        if block.kind == "picture":
            found.append(
                tuple(block.options.get(k, "") for k in ("key", "alt", "caption", "credit"))
            )
        if block.kind == "gallery":
            found += list(block.rows)
    return found  # type: ignore[return-value]


def test_the_network_is_as_large_as_promised():
    by_outlet = Counter(article.outlet for article in articles().values())
    named = [author for author in read_authors() if not author["shared"]]

    assert set(outlets()) == {"courier", "tideline"}
    assert by_outlet["courier"] >= 40
    assert by_outlet["tideline"] >= 20
    assert len(named) == 8
    assert sum(len(section_paths(outlet)) for outlet in outlets().values()) >= 6


def test_every_kind_and_state_is_there():
    fronts = [article.front for article in articles().values()]
    states = Counter(front["state"] for front in fronts)
    kinds = Counter(front["kind"] for front in fronts)

    assert set(kinds) == KINDS
    assert kinds["sponsored"] == 2
    assert (states["scheduled"], states["withdrawn"], states["draft"]) == (2, 2, 3)
    assert {front["access"] for front in fronts} == {"open", "members"}


def test_no_two_articles_share_a_headline():
    counted = Counter(article.front["headline"] for article in articles().values())

    assert [headline for headline, count in counted.items() if count > 1] == []


def test_there_are_at_least_four_long_reads():
    words = [len(article.body.split()) for article in articles().values()]

    assert len([count for count in words if count >= 1100]) >= 4


def test_the_last_week_is_dense():
    ages = [article.front["days_ago"] for article in articles().values()]

    assert len([age for age in ages if 0 <= age <= 7]) >= 25
    assert max(ages) > 60


@every_article()
def test_an_article_has_all_its_words(article: DemoArticle):
    front = article.front
    words = [front[key] for key in ("headline", "short_headline", "standfirst", "kicker")]

    assert all(words)
    assert len(front["headline"]) <= 110
    assert len(front["short_headline"]) <= 70
    assert all(front["lead"][key] for key in ("picture", "alt", "caption", "credit"))


@every_article()
def test_an_article_refers_to_what_exists(article: DemoArticle):
    front = article.front
    topics = {topic["slug"] for topic in read_network()["topics"]}

    assert front["section"] in section_paths(outlets()[article.outlet])
    assert set(front["authors"]) <= {author["slug"] for author in read_authors()}
    assert set(front["topics"]) <= topics
    assert picture_path(front["lead"]["picture"]).is_file()


@every_article()
def test_an_article_says_what_its_state_and_kind_need(article: DemoArticle):
    front = article.front

    assert ("withdrawn_reason" in front) == (front["state"] == "withdrawn")
    assert ("sponsor" in front) == (front["kind"] == "sponsored")
    assert (front["days_ago"] < 0) == (front["state"] == "scheduled")
    assert front["days_ago"] * 24 >= front.get("updated_hours_after", 0) or front["days_ago"] < 0


@every_article()
def test_a_body_parses_and_leaves_no_markup_behind(article: DemoArticle):
    blocks = article.blocks(on=DAY)
    shown = " ".join(re.sub(r"<[^>]+>", "", block.html) + block.text for block in blocks)

    assert len(blocks) >= 1
    assert not re.search(r":::|\*\*|\]\(|\{(weekday|date|month)|^#", shown, re.M)
    assert all(all(p) and picture_path(p[0]).is_file() for p in pictures_in(blocks))
    assert all(len({len(r) for r in b.rows}) == 1 for b in blocks if b.kind == "table")
    assert all(b.options["title"] for b in blocks if b.kind in {"embed", "factbox"})
    assert all(b.options["speaker"] for b in blocks if b.kind == "pullquote")


@every_article()
def test_links_inside_the_network_lead_to_articles_readers_can_see(article: DemoArticle):
    html = " ".join(block.html for block in article.blocks(on=DAY))
    aims = [name for kind, name in INTERNAL.findall(html) if kind == "article"]

    assert [aim for aim in aims if articles()[aim].front["state"] != "live"] == []


def test_at_most_two_embeds_in_all():
    every = [block for article in articles().values() for block in article.blocks(on=DAY)]
    embeds = [block for block in every if block.kind == "embed"]

    assert 1 <= len(embeds) <= 2
    assert all(".example/" in block.options["url"] for block in embeds)


def test_fronts_show_live_articles_once():
    for outlet, front in read_fronts().items():
        slugs = [front["lead"], *front["slots"]]

        assert len(slugs) == len(set(slugs))
        assert {articles()[f"{outlet}/{slug}"].front["state"] for slug in slugs} == {"live"}


@pytest.mark.parametrize("outlet", ["courier", "tideline"])
def test_an_outlet_is_legible_and_complete(outlet: str):
    facts = outlets()[outlet]
    pages = {page: re.sub(r"<[^>]+>", "", read_page(outlet, page)) for page in PAGES}

    assert contrast(facts["accent"], "#fdfcfa") >= 4.5
    assert contrast(facts["accent_dark"], "#14120f") >= 4.5
    assert all(profile_url(NETWORKS[name], account) for name, account in facts["follow"].items())
    assert [page for page, text in pages.items() if not 120 <= len(text.split()) <= 350] == []


def test_authors_have_a_life_and_a_face():
    for author in read_authors():
        words = len(author["biography"].split())

        assert 60 <= words <= 110, (author["slug"], words)
        assert author["outlet"] in outlets()
        assert author["shared"] or picture_path(author["portrait"]).is_file()


def test_pictures_are_the_right_shape_and_light():
    files = sorted(PICTURES.glob("*.jpg"))
    sizes = {}
    for path in files:
        with Image.open(path) as picture:
            sizes[path.stem] = picture.size

    portraits = {key for key in sizes if key.startswith("portrait-")}
    assert {sizes[key] for key in portraits} == {(600, 600)}
    assert {size for key, size in sizes.items() if key not in portraits} == {(1600, 1000)}
    assert len(portraits) == 8
    assert len(sizes) - len(portraits) >= 34
    assert sum(path.stat().st_size for path in files) < 5_000_000
    assert set(sizes) == set(SCENES)


def test_dates_count_from_the_day_of_publication():
    text = dated("{weekday -1}, {date +9}, {month +2}", on=DAY)

    assert text == "Saturday, 1 December, January"


def test_markup_escapes_what_is_not_markup():
    html = to_html("A < B & *C* [d](page:e)\n\n> said\n\n- one\n- two")

    assert html == (
        '<p>A &lt; B &amp; <em>C</em> <a href="page:e">d</a></p>\n'
        "<blockquote><p>said</p></blockquote>\n<ul><li>one</li><li>two</li></ul>"
    )


@pytest.mark.parametrize("body", [":::nonsense\n:::", ":::pullquote speaker=a\nnever closed"])
def test_a_malformed_body_is_refused(body: str):
    with pytest.raises(BadBody):
        read_blocks(body)
