"""What machines read of articles, authors, outlets and lists, held against the vocabulary."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from masthead.articles.cards import cards
from masthead.articles.models import ArticlePage, Kind, PublishedArticle, Topic
from masthead.articles.reading import article_context
from masthead.articles.structured_data import article_open_graph, news_article, share_card_path
from masthead.fronts.pages import author_page
from masthead.outlets.models import Outlet
from masthead.outlets.sheet import Sheet, SheetFollow
from masthead.outlets.structured_data import (
    breadcrumbs,
    collection,
    organisation,
    outlet_card_path,
    outlet_open_graph,
)
from tests.checks.schema_org import check_structured_data
from tests.standing import Standing, begins_with, fresh
from tests.syndication.newsroom import (
    BASE,
    NOON,
    a_page,
    a_picture,
    an_article,
    an_author,
    an_outlet,
)

FOLLOW = [
    SheetFollow("x", "X", "https://x.com/courier", "x"),
    SheetFollow("mastodon", "Mastodon", "https://sea.example/@courier", "mastodon"),
    SheetFollow("rss", "RSS", f"{BASE}/feed.xml", "rss"),
]


def a_courier_that_says_who_it_is() -> Outlet:
    with time_machine.travel(NOON, tick=False):
        outlet = an_outlet(
            legal_name="Courier Press Ltd", founded_on="1884-05-01", logo=a_picture()
        )
        for purpose in ("ethics", "ownership", "contact"):
            a_page(outlet, title=purpose.title(), purpose=purpose)
        return outlet


@pytest.fixture
@begins_with(a_courier_that_says_who_it_is)
def courier(db: None, standing: Standing) -> Outlet:
    made = standing.made_by(a_courier_that_says_who_it_is)
    return a_courier_that_says_who_it_is() if made is None else fresh(made)


@pytest.fixture
def shown(sheet: Sheet) -> Callable[..., dict[str, Any]]:
    """The article as its page shows it."""

    def show(article: ArticlePage, **given: Any) -> dict[str, Any]:
        row = PublishedArticle.objects.select_related("text").get(article=article)
        context = article_context(
            snapshot=row.text.snapshot,
            sheet=sheet,
            path=row.path,
            section_id=row.section_id,
            published_at=row.published_at,
            updated_at=row.updated_at,
            version_number=row.version_number,
            **given,
        )
        found: dict[str, Any] = context["article"]
        return found

    return show


def faults(*things: dict[str, Any], must_have: tuple[str, ...] = ()) -> list[str]:
    html = "".join(
        f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things
    )
    found = check_structured_data(f"<html><body>{html}</body></html>", "page", must_have=must_have)
    return [str(each) for each in found]


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_article_keeps_to_the_vocabulary(
    port: Any, sheet: Sheet, shown: Any, kind: str
) -> None:
    article = an_article(
        port,
        kind=kind,
        authors=[an_author(post_nominals="PhD", role="Reporter")],
        topics=[Topic.objects.create(name="Night rules", slug="night-rules")],
        lead_picture=a_picture(),
        dateline="Quayside",
        sponsor_name="Rope & Co",
        sponsor_url="https://rope.example/",
    )
    wanted = "AdvertiserContentArticle" if kind == "sponsored" else "NewsArticle"

    found = faults(news_article(shown(article), sheet=sheet), must_have=(wanted, "Person"))

    assert found == []


def test_an_articles_kind_is_said_beside_its_family(port: Any, sheet: Sheet, shown: Any) -> None:
    articles = {kind: an_article(port, kind=kind, sponsor_name="R") for kind in Kind.values}

    kinds = {
        kind: news_article(shown(article), sheet=sheet)["@type"]
        for kind, article in articles.items()
    }

    assert kinds == {
        "report": ["NewsArticle", "ReportageNewsArticle"],
        "analysis": ["NewsArticle", "AnalysisNewsArticle"],
        "opinion": ["NewsArticle", "OpinionNewsArticle"],
        "explainer": ["NewsArticle", "BackgroundNewsArticle"],
        "interview": ["NewsArticle", "ReportageNewsArticle"],
        "review": ["NewsArticle", "ReviewNewsArticle"],
        "letters": ["NewsArticle", "OpinionNewsArticle"],
        "sponsored": ["Article", "AdvertiserContentArticle"],
    }


def test_an_article_says_what_its_page_says(port: Any, sheet: Sheet, shown: Any) -> None:
    article = an_article(
        port,
        "Port opens night trial",
        authors=[an_author(), an_author("Staff", is_shared=True)],
        topics=[Topic.objects.create(name="Night rules", slug="night-rules")],
        lead_picture=a_picture(),
        lead_caption="At dusk.",
        seo_title="Night pilotage trial begins",
    )

    data = news_article(shown(article), sheet=sheet)

    assert data["headline"] == "Port opens night trial"
    assert data["alternativeHeadline"] == "Night pilotage trial begins"
    assert data["url"] == f"{BASE}/port/{article.slug}/"
    assert data["datePublished"] == "2026-11-16T12:00:00+00:00"
    assert data["dateModified"] == "2026-11-16T12:30:00+00:00"
    assert [(a["@type"], a["name"]) for a in data["author"]] == [
        ("Person", "Mara Okafor"),
        ("Organization", "Staff"),
    ]
    assert data["about"] == [
        {"@type": "Thing", "name": "Night rules", "url": f"{BASE}/topics/night-rules/"}
    ]
    assert data["image"] == [
        {
            "@type": "ImageObject",
            "url": "http://127.0.0.1:8000/media/copies/ferry-1600.jpeg",
            "contentUrl": "http://127.0.0.1:8000/media/copies/ferry-1600.jpeg",
            "width": "1600 px",
            "height": "900 px",
            "caption": "At dusk.",
            "creditText": "Ines Varga",
        }
    ]
    assert (data["version"], data["wordCount"], data["isAccessibleForFree"]) == (1, 4, True)


def test_an_article_without_a_byline_is_answered_for_by_its_outlet(
    port: Any, sheet: Sheet, shown: Any
) -> None:
    data = news_article(shown(an_article(port, lead_picture=a_picture())), sheet=sheet)

    assert data["author"] == [{"@id": f"{BASE}/#organisation"}]
    assert faults(data, must_have=("NewsArticle",)) == []


def test_only_a_gated_page_points_at_its_gate(port: Any, sheet: Sheet, shown: Any) -> None:
    article = an_article(port, access="members", lead_picture=a_picture())

    gated = news_article(shown(article, may_read_all=False), sheet=sheet)
    whole = news_article(shown(article, may_read_all=True), sheet=sheet)

    assert gated["hasPart"] == {
        "@type": "WebPageElement",
        "isAccessibleForFree": False,
        "cssSelector": ".gate",
    }
    assert (gated["isAccessibleForFree"], whole["isAccessibleForFree"]) == (False, False)
    assert whole["hasPart"]["cssSelector"] == ".members-part"
    assert faults(gated) == []


def test_a_headline_longer_than_search_engines_take_is_cut_at_a_word(
    port: Any, sheet: Sheet, shown: Any
) -> None:
    article = an_article(port, "Pilots " + "and ships " * 15)

    headline = news_article(shown(article), sheet=sheet)["headline"]

    assert len(headline) <= 110
    assert headline.endswith("ships…")


def test_hostile_words_stay_words(port: Any, sheet: Sheet, shown: Any) -> None:
    hostile = '</script><script>alert(1)</script> ]]> " \u2028 🚢 مرحبا'
    article = an_article(port, hostile, kicker=hostile[:50], lead_picture=a_picture())

    data = news_article(shown(article), sheet=sheet)

    assert data["headline"] == " ".join(hostile.split())


def test_neither_json_ld_nor_open_graph_asks_the_database(
    port: Any, sheet: Sheet, shown: Any, django_assert_num_queries: Any
) -> None:
    article = shown(an_article(port, authors=[an_author()], lead_picture=a_picture()))

    with django_assert_num_queries(0):
        news_article(article, sheet=sheet)
        article_open_graph(article, sheet=sheet)


def test_a_shared_article_shows_its_card_once_it_is_drawn(
    port: Any, sheet: Sheet, shown: Any, media_root: Path
) -> None:
    article = an_article(
        port,
        authors=[an_author()],
        lead_picture=a_picture(),
        social_headline="Ships by night",
        topics=[Topic.objects.create(name="Night rules", slug="night-rules")],
    )
    card = media_root / share_card_path(article.public_id, 1)
    card.parent.mkdir(parents=True)
    card.touch()

    pairs = article_open_graph(shown(article), sheet=replace(sheet, follow=FOLLOW))

    assert pairs == [
        ("og:type", "article"),
        ("article:published_time", "2026-11-16T12:00:00+00:00"),
        ("article:modified_time", "2026-11-16T12:30:00+00:00"),
        ("article:author", f"{BASE}/authors/mara-okafor/"),
        ("article:section", "Port"),
        ("article:tag", "Night rules"),
        ("og:image", f"http://127.0.0.1:8000/media/share/{article.public_id.hex}-1.jpg"),
        ("og:image:type", "image/jpeg"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "Ships by night"),
        ("twitter:card", "summary_large_image"),
        ("twitter:site", "@courier"),
        ("fediverse:creator", "@courier@sea.example"),
    ]


def test_before_its_card_is_drawn_the_lead_picture_is_shown(
    port: Any, sheet: Sheet, shown: Any
) -> None:
    article = shown(an_article(port, lead_picture=a_picture()))

    pairs = dict(article_open_graph(article, sheet=sheet))

    assert pairs["og:image"] == "http://127.0.0.1:8000/media/copies/ferry-1600.jpeg"
    assert (pairs["og:image:width"], pairs["og:image:height"]) == ("1600", "900")
    assert pairs["og:image:alt"] == "A white ferry"


def test_without_a_card_or_picture_the_outlets_card_stands_in(
    port: Any, sheet: Sheet, shown: Any, media_root: Path
) -> None:
    article = shown(an_article(port))
    before = article_open_graph(article, sheet=sheet)
    card = media_root / outlet_card_path(sheet)
    card.parent.mkdir(parents=True)
    card.touch()

    after = dict(article_open_graph(article, sheet=sheet))

    assert before[-1] == ("twitter:card", "summary")
    assert after["og:image"] == f"http://127.0.0.1:8000/media/{outlet_card_path(sheet)}"
    assert faults(news_article(article, sheet=sheet)) == []
    assert dict(outlet_open_graph(sheet))["og:image"] == after["og:image"]


def test_another_look_is_another_card(sheet: Sheet) -> None:
    other = replace(sheet, look={**sheet.look, "accent": "#005f73"})

    assert outlet_card_path(other) != outlet_card_path(sheet)


def test_an_update_dated_before_a_publication_is_not_said(
    port: Any, sheet: Sheet, shown: Any
) -> None:
    article = an_article(port, lead_picture=a_picture())
    PublishedArticle.objects.update(updated_at=NOON - timedelta(days=1))

    data = news_article(shown(article), sheet=sheet)

    assert data["dateModified"] == data["datePublished"]


def test_the_outlet_says_who_it_is_and_by_which_rules(sheet: Sheet) -> None:
    data = organisation(replace(sheet, follow=FOLLOW))

    assert faults(data, must_have=("NewsMediaOrganization",)) == []
    assert data["ethicsPolicy"] == f"{BASE}/ethics/"
    assert data["ownershipFundingInfo"] == f"{BASE}/ownership/"
    assert data["sameAs"] == ["https://x.com/courier", "https://sea.example/@courier"]
    assert (data["legalName"], data["foundingDate"]) == ("Courier Press Ltd", "1884-05-01")
    assert data["contactPoint"]["email"] == "desk@courier.example"
    assert data["logo"]["@type"] == "ImageObject"


def test_an_outlet_that_says_nothing_of_itself_claims_nothing(sheet: Sheet) -> None:
    bare = replace(
        sheet, tagline="", contact_email="", legal_name="", founded_on="", pages=[], logo_id=None
    )

    data = organisation(bare)

    assert faults(data) == []
    assert set(data) == {"@context", "@type", "@id", "name", "url", "parentOrganization"}


def test_breadcrumbs_begin_at_the_front(sheet: Sheet) -> None:
    data = breadcrumbs(sheet, [("Port", "port/"), ("Night trial", "port/night-trial/")])

    assert faults(data, must_have=("BreadcrumbList",)) == []
    assert [step["item"] for step in data["itemListElement"]] == [
        f"{BASE}/",
        f"{BASE}/port/",
        f"{BASE}/port/night-trial/",
    ]


def test_a_list_names_its_articles_in_order(port: Any, sheet: Sheet) -> None:
    an_article(port, "One")
    an_article(port, "Two")
    rows = PublishedArticle.objects.select_related("lead_picture").order_by("pk")

    data = collection(sheet, name="Port", path="port/", cards=cards(rows, sheet=sheet))

    assert faults(data, must_have=("CollectionPage", "ItemList")) == []
    items = data["mainEntity"]["itemListElement"]
    assert [(item["position"], item["name"]) for item in items] == [(1, "One"), (2, "Two")]


def test_an_empty_list_is_still_a_page(sheet: Sheet) -> None:
    data = collection(sheet, name="Port", path="port/", cards=[])

    assert faults(data) == []
    assert "mainEntity" not in data


def test_an_author_is_a_person_and_a_shared_byline_is_not(port: Any, sheet: Sheet) -> None:
    mara = an_author(
        post_nominals="PhD",
        role="Port reporter",
        biography="<p>Writes of <b>ships</b>.</p>",
        portrait=a_picture(),
    )
    mara.links.create(label="Own site", url="https://mara.example/")
    mara.save()
    mara.outlets.add(sheet.id)
    an_author("Courier staff", is_shared=True).outlets.add(sheet.id)

    person = main_entity(sheet, "mara-okafor")
    staff = main_entity(sheet, "courier-staff")

    assert (person["@type"], person["name"], person["honorificSuffix"]) == (
        "Person",
        "Mara Okafor",
        "PhD",
    )
    assert person["jobTitle"] == "Port reporter"
    assert person["description"] == "Writes of ships."
    assert person["sameAs"] == ["https://mara.example/"]
    assert person["worksFor"]["@id"] == f"{BASE}/#organisation"
    assert person["image"]["url"] == "http://127.0.0.1:8000/media/copies/ferry-1600.jpeg"
    assert (staff["@type"], staff["name"]) == ("Organization", "Courier staff")


def main_entity(sheet: Sheet, slug: str) -> dict[str, Any]:
    page = author_page(sheet=sheet, slug=slug, before=None, after=None)
    found = page.head.json_ld[0]
    assert faults(dict(found), must_have=("ProfilePage",)) == []
    entity: dict[str, Any] = found["mainEntity"]
    return entity
