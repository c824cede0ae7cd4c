from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from .findings import rules_of
from .social import check_social_tags

PAGE = "https://courier.example/bridge/"
HTML = f"""<!doctype html><html lang="en-GB"><head><title>Bridge opens</title>
<link rel="canonical" href="{PAGE}"><meta name="description" content="It opens on Monday.">
<meta property="og:type" content="article"><meta property="og:title" content="Bridge opens">
<meta property="og:description" content="It opens on Monday.">
<meta property="og:url" content="{PAGE}">
<meta property="og:site_name" content="Courier"><meta property="og:locale" content="en_GB">
<meta property="og:image" content="https://courier.example/share.jpg">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
<meta property="og:image:alt" content="The bridge">
<meta name="twitter:card" content="summary_large_image">
<meta property="article:published_time" content="2026-11-02T08:00:00+01:00">
<meta property="article:modified_time" content="2026-11-02T09:30:00Z">
<meta property="article:section" content="Town"><meta property="article:tag" content="Bridge">
<meta property="article:tag" content="River"></head><body></body></html>"""


def a_picture(width: int = 1200, height: int = 630, kind: str = "JPEG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    return file.getvalue()


def rules(html: str, picture: bytes | None = None) -> list[str]:
    body = picture if picture is not None else a_picture()
    return rules_of(check_social_tags(html, PAGE, fetch=lambda address: body))


def test_a_complete_article_has_no_findings():
    assert rules(HTML) == []


FAULTS = {
    "no title": ('<meta property="og:title" content="Bridge opens">', "", "missing"),
    "no alt text": ('<meta property="og:image:alt" content="The bridge">', "", "missing"),
    "no time": (
        '<meta property="article:modified_time" content="2026-11-02T09:30:00Z">',
        "",
        "missing",
    ),
    "no card": ('<meta name="twitter:card" content="summary_large_image">', "", "missing"),
    "empty section": ('content="Town"', 'content=" "', "empty"),
    "two titles": (
        '<meta property="og:type"',
        '<meta property="og:title" content="Other"><meta property="og:type"',
        "repeated",
    ),
    "other address": (
        f'og:url" content="{PAGE}',
        'og:url" content="https://other.example/',
        "canonical",
    ),
    "other canonical": (
        f'rel="canonical" href="{PAGE}',
        'rel="canonical" href="/bridge/',
        "canonical",
    ),
    "unknown card": ("summary_large_image", "photo", "card"),
    "time without zone": ("2026-11-02T08:00:00+01:00", "2026-11-02T08:00:00", "date"),
    "locale of HTML": ("en_GB", "en-GB", "locale"),
    "long title": ('og:title" content="', 'og:title" content="' + "Bridge " * 20, "too-long"),
    "relative picture": ("https://courier.example/share.jpg", "/share.jpg", "relative-link"),
    "other width said": ('width" content="1200"', 'width" content="1000"', "picture-size"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_found_by_its_rule(fault):
    old, new, rule = FAULTS[fault]
    assert old in HTML

    assert rules(HTML.replace(old, new, 1)) == [rule]


@pytest.mark.parametrize(
    ("picture", "rule"),
    [
        (a_picture(600, 315), "picture-size"),
        (a_picture(kind="WEBP"), "picture"),
        (a_picture()[:400], "picture"),
        (b"<svg/>", "picture"),
        (a_picture() + b"\0" * 5_000_000, "picture-bytes"),
    ],
    ids=["small", "webp", "cut off", "no picture", "heavy"],
)
def test_a_share_picture_that_networks_would_not_show_is_found(picture, rule):
    assert rules(HTML, picture) == [rule]
