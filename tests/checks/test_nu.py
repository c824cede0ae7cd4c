from __future__ import annotations

import pytest

from .findings import rules_of
from .nu import check_html

pytestmark = pytest.mark.journey

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge</title></head>
<body><main><h1>Bridge opens</h1><img src="a.jpg" alt="The bridge"></main></body></html>"""

FAULTS = {
    "/no-alt": GOOD.replace(' alt="The bridge"', ""),
    "/no-title": GOOD.replace("<title>Bridge</title>", ""),
    "/unclosed": GOOD.replace("</h1>", ""),
    "/doubled-id": GOOD.replace("<main>", '<main id="a">').replace("<h1>", '<h1 id="a">'),
    "/bad-nesting": GOOD.replace("<main>", "<main><ul><p>no item</p></ul>"),
    "/no-doctype": GOOD.replace("<!doctype html>", ""),
    "/bad-aria": GOOD.replace("<main>", '<main aria-hidden="maybe">'),
}


def test_a_sound_page_passes_and_every_seeded_fault_is_named_with_its_page():
    findings = check_html({"/good": GOOD, **FAULTS})

    assert sorted({finding.page for finding in findings}) == sorted(FAULTS)
    assert rules_of(findings) == ["nu-html"]


def test_broken_css_inside_a_page_is_told_apart():
    page = GOOD.replace("</head>", "<style>h1 { colour: red }</style></head>")

    assert rules_of(check_html({"/css": page})) == ["nu-css"]


def test_a_warning_is_not_an_error():
    page = GOOD.replace("<main>", "<main><section><p>no heading</p></section>")

    assert check_html({"/warned": page}) == []


def test_no_pages_is_refused_rather_than_passed():
    with pytest.raises(ValueError, match="No pages"):
        check_html({})
