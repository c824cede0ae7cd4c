from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from .findings import rules_of
from .schema_org import check_structured_data
from .vocabulary import read_vocabulary

SITE = "https://courier.example"


def an_article() -> dict[str, Any]:
    return {
        "@type": ["NewsArticle", "ReportageNewsArticle"],
        "@id": f"{SITE}/bridge/#article",
        "headline": "Bridge opens on Monday",
        "image": [
            {
                "@type": "ImageObject",
                "url": f"{SITE}/b.jpg",
                "width": "1200 px",
                "caption": "The bridge",
                "creditText": "Courier",
            }
        ],
        "datePublished": "2026-11-02T08:00:00+01:00",
        "dateModified": "2026-11-02T09:30:00Z",
        "author": [{"@type": "Person", "name": "Bo", "url": f"{SITE}/by/bo/"}],
        "publisher": {"@id": f"{SITE}/#outlet"},
        "mainEntityOfPage": f"{SITE}/bridge/",
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "articleSection": "Town",
        "wordCount": 321,
        "correction": {
            "@type": "CorrectionComment",
            "text": "Not Tuesday.",
            "datePublished": "2026-11-02T09:30:00Z",
        },
    }


def an_outlet() -> dict[str, Any]:
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{SITE}/#outlet",
        "name": "Courier",
        "url": f"{SITE}/",
        "ethicsPolicy": f"{SITE}/ethics/",
        "foundingDate": "1921-03-01",
    }


def a_trail() -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Town", "item": f"{SITE}/town/"},
            {"@type": "ListItem", "position": 2, "name": "Bridge opens on Monday"},
        ],
    }


def page(*nodes: dict[str, Any], raw: str = "") -> str:
    text = raw or json.dumps({"@context": "https://schema.org", "@graph": nodes})
    return f'<html><head><script type="application/ld+json">{text}</script></head></html>'


def article_with(change: Callable[[dict[str, Any]], Any]) -> str:
    article = copy.deepcopy(an_article())
    change(article)
    return page(article, an_outlet(), a_trail())


def test_a_sound_article_has_no_findings():
    html = page(an_article(), an_outlet(), a_trail())

    must_have = {"NewsArticle", "BreadcrumbList", "Organization"}
    assert check_structured_data(html, "/bridge/", must_have=must_have) == []


FAULTS: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "unknown type": ("type", lambda a: a.update({"@type": "NewsStory"})),
    "no type": ("type", lambda a: a.pop("@type")),
    "unknown property": ("property", lambda a: a.update(standfirst="Soon")),
    "property of another type": ("property", lambda a: a.update(recipeYield="4")),
    "author as bare name": ("range", lambda a: a.update(author="Bo")),
    "author of a wrong type": (
        "range",
        lambda a: a.update(author={"@type": "Place", "name": "Bo"}),
    ),
    "date in words": ("range", lambda a: a.update(datePublished="2 November 2026")),
    "date without zone": ("range", lambda a: a.update(datePublished="2026-11-02T08:00:00")),
    "impossible date": ("range", lambda a: a.update(datePublished="2026-02-30")),
    "word count in words": ("range", lambda a: a.update(wordCount="about 300")),
    "yes for true": ("range", lambda a: a.update(isAccessibleForFree="yes")),
    "reference to a wrong type": ("range", lambda a: a.update(author={"@id": a["@id"]})),
    "reference to nothing": ("reference", lambda a: a.update(publisher={"@id": "#outlet"})),
    "relative id": ("not-absolute", lambda a: a.update({"@id": "#article"})),
    "relative address": ("range", lambda a: a.update(mainEntityOfPage="/bridge/")),
    "no headline": ("required", lambda a: a.pop("headline")),
    "no author": ("required", lambda a: a.pop("author")),
    "no language": ("required", lambda a: a.pop("inLanguage")),
    "long headline": ("headline", lambda a: a.update(headline="Bridge " * 20)),
    "empty text": ("empty", lambda a: a.update(articleSection=" ")),
    "null": ("empty", lambda a: a.update(articleBody=None)),
    "empty list": ("empty", lambda a: a.update(keywords=[])),
    "superseded": ("superseded", lambda a: a.update(isBasedOnUrl=f"{SITE}/x/")),
    "modified before published": ("dates", lambda a: a.update(dateModified="2026-11-01T08:00:00Z")),
    "wrong enumeration member": (
        "range",
        lambda a: a.update(digitalSourceType="https://schema.org/PhotoOfTheDay"),
    ),
    "picture without address": ("required", lambda a: a["image"][0].pop("url")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_found_by_its_rule(fault):
    rule, change = FAULTS[fault]

    assert rules_of(check_structured_data(article_with(change), "/bridge/")) == [rule]


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("{", "json"),
        ('{"@context": "https://schema.org", "@type": "Person", "name": "A", "name": "B"}', "json"),
        ('{"@type": "Person", "name": "Bo"}', "context"),
        ('{"@context": "https://example.org", "@type": "Person", "name": "Bo"}', "context"),
    ],
)
def test_unreadable_or_foreign_data_is_found(raw, rule):
    assert rules_of(check_structured_data(page(raw=raw), "/")) == [rule]


def test_breadcrumbs_are_counted_from_one_and_lead_somewhere():
    trail = a_trail()
    trail["itemListElement"][0] = {"@type": "ListItem", "position": 0, "name": "Town"}

    assert rules_of(check_structured_data(page(trail), "/")) == ["breadcrumbs"]


def test_a_type_the_page_must_have_is_missed():
    assert rules_of(check_structured_data(page(an_outlet()), "/", must_have=["Article"])) == [
        "absent"
    ]


def test_a_thing_described_in_parts_under_one_id_is_taken_together():
    part = {"@type": "NewsMediaOrganization", "@id": f"{SITE}/#outlet"}

    assert check_structured_data(page(an_outlet(), part), "/") == []


def test_a_valid_enumeration_member_passes_in_both_forms():
    for member in ("DigitalCaptureDigitalSource", "https://schema.org/DigitalCaptureDigitalSource"):
        html = article_with(lambda a, m=member: a.update(digitalSourceType=m))
        assert check_structured_data(html, "/") == []


def test_the_vocabulary_knows_the_kinds_of_news():
    vocabulary = read_vocabulary()

    kinds = [name for name in vocabulary.names if "NewsArticle" in vocabulary.ancestors(name)]
    assert sorted(kinds) == [
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "NewsArticle",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
    ]
    assert vocabulary.range_of("correction", {"CreativeWork"}) == {
        "CorrectionComment",
        "Text",
        "URL",
    }
