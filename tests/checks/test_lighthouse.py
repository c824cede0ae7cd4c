from __future__ import annotations

import pytest

from .findings import rules_of
from .lighthouse import check_lighthouse
from .small_site import Answer, a_page, serve

pytestmark = pytest.mark.journey

ROBOTS = Answer(b"User-agent: *\nAllow: /\n", "text/plain")


def test_a_sound_page_scores_100_in_all_that_no_busy_machine_can_cost_it():
    with serve({"/": a_page(), "/robots.txt": ROBOTS}) as address:
        findings = check_lighthouse([f"{address}/"])

    # How quick a page is depends on who else is at work: `bin/bench lighthouse` tells that.
    assert [each for each in findings if each.rule != "lighthouse-performance"] == []


def test_each_seeded_fault_costs_its_category():
    poor = a_page("<p style='color:#aaa;background:#fff'>Pale</p><script>gone()</script>")
    slow = "<script>const end = Date.now() + 3000; while (Date.now() < end);</script>"
    body = poor.body.replace(b'<meta name="description"', b'<meta name="other"')
    page = Answer(body.replace(b"</main>", slow.encode() + b"</main>"))

    with serve({"/": page, "/robots.txt": ROBOTS}) as address:
        findings = check_lighthouse([f"{address}/"])

    assert rules_of(findings) == [
        "lighthouse-accessibility",
        "lighthouse-best-practices",
        "lighthouse-performance",
        "lighthouse-seo",
    ]


def test_no_pages_is_refused_rather_than_passed():
    with pytest.raises(ValueError, match="No pages"):
        check_lighthouse([])
