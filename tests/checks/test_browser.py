from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from .browser import inspect_page, screenshot
from .findings import rules_of
from .page_report import PageReport, check_budget
from .small_site import Answer, a_page, a_wide_font, serve

pytestmark = pytest.mark.journey

STRICT = {
    "Content-Security-Policy": "default-src 'self'; style-src 'unsafe-inline'; "
    "img-src data:; require-trusted-types-for 'script'"
}
FONT_CSS = "@font-face {{ font-family: Wide; src: url(/wide.woff2); font-display: {} }}"
CSS_SHIFT = (
    "main::before { content: ''; display: block; height: 0;"
    " animation: grow 0.2s 0.1s forwards } @keyframes grow { to { height: 200px } }"
)


def visit(
    browser: Browser, page: Answer, *, width: int = 400, look: str = "light", **others: Answer
) -> PageReport:
    parts = {f"/{name.replace('_', '.')}": answer for name, answer in others.items()}
    with serve({"/": page, **parts}) as address:
        return inspect_page(browser, f"{address}/", width, "dark" if look == "dark" else "light")


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 800, 1280])
def test_a_sound_page_under_a_strict_policy_has_no_findings(browser, width, look):
    page = Answer(a_page().body, headers=STRICT)

    report = visit(browser, page, width=width, look=look)

    assert report.findings() == []
    assert check_budget(report) == []
    assert report.axe_undecided == ()


SEEDED = {
    "console": a_page("<script>console.error('lost')</script>"),
    "page-error": a_page("<script>missing()</script>"),
    "axe-image-alt": a_page('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
    "axe-color-contrast": a_page("<p style='color:#aaa;background:#fff'>Hardly to be read</p>"),
    "axe-target-size": a_page(
        "<button style='width:9px;height:9px;padding:0'>a</button>"
        "<button style='width:9px;height:9px;padding:0'>b</button>"
    ),
    "axe-html-has-lang": Answer(a_page().body.replace(b' lang="en"', b"")),
    "layout-shift": a_page(css=CSS_SHIFT),
    "overflow": a_page("<div style='width:700px'>wide</div>"),
    "third-party": a_page(head='<link rel="preconnect" href="https://fonts.example">'),
}


@pytest.mark.parametrize("rule", SEEDED)
def test_a_seeded_fault_is_found_and_nothing_else(browser, rule):
    report = visit(browser, SEEDED[rule])

    assert rules_of(report.findings()) == [rule]


def test_a_dark_look_is_checked_for_contrast_of_its_own(browser):
    page = a_page(css="@media (prefers-color-scheme: dark) { .text { color: #333 } }")

    reports = [visit(browser, page, look=look) for look in ("light", "dark")]

    assert [rules_of(report.findings()) for report in reports] == [[], ["axe-color-contrast"]]


def test_a_missing_part_of_the_page_is_a_failed_request(browser):
    report = visit(browser, a_page('<img src="/gone.png" alt="Gone" style="position:absolute">'))

    # Chromium also writes a line to the console about it.
    assert rules_of(report.findings()) == ["console", "failed-request"]


def test_a_page_that_is_gone_on_purpose_is_no_failed_request(browser):
    report = visit(browser, Answer(a_page().body, status=410))

    assert report.status == 410
    assert report.findings() == []


def test_what_the_policy_blocks_is_heard(browser):
    page = Answer(a_page("<script>1</script>").body, headers=STRICT)

    assert rules_of(visit(browser, page).findings()) == ["console"]


def test_a_picture_from_another_host_is_a_third_party(browser):
    pixel = Answer(b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00", "image/gif")
    with serve({"/pixel.gif": pixel}) as other:
        elsewhere = other.replace("127.0.0.1", "localhost")
        report = visit(
            browser, a_page(f'<img src="{elsewhere}/pixel.gif" alt="" width=1 height=1>')
        )

    assert report.third_party == (f"{elsewhere}/pixel.gif",)


def test_what_is_lazy_far_below_is_fetched_as_it_is_for_a_reader(browser):
    body = (
        '<div style="height:9000px"></div>'
        '<img src="/late.svg" alt="Late" width="300" height="500" loading="lazy">'
    )
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="500"/>'

    report = visit(browser, a_page(body), late_svg=Answer(svg, "image/svg+xml"))

    assert report.findings() == []
    assert [t.url.rsplit("/", 1)[1] for t in report.transfers if t.kind == "picture"] == [
        "late.svg"
    ]


def test_text_that_moves_when_its_font_arrives_is_a_layout_shift(browser):
    css = FONT_CSS.format("swap") + ".text { font-family: Wide, serif }"
    page = a_page("<p>What stands below moves down.</p>", css=css)

    report = visit(browser, page, wide_woff2=a_wide_font())

    assert rules_of(report.findings()) == ["layout-shift"]


def test_a_picture_without_reserved_space_moves_the_text_below_it(browser):
    svg = Answer(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>', "image/svg+xml"
    )
    sized, unsized = (
        a_page(f'<p><img src="/a.svg" alt="Bridge"{size}></p><p>Below</p>')
        for size in (' width="99" height="99"', "")
    )

    reports = [visit(browser, page, a_svg=svg) for page in (sized, unsized)]

    assert [rules_of(report.findings()) for report in reports] == [[], ["layout-shift"]]


def test_a_font_that_hides_the_text_until_it_arrives_is_found(browser):
    page = a_page("<p class=w>b</p>", css=FONT_CSS.format("block") + ".w { font-family: Wide }")

    report = visit(browser, page, wide_woff2=a_wide_font())

    assert "font-hides-text" in rules_of(report.findings())


def test_bytes_are_those_on_the_wire_by_kind(browser):
    page = a_page(head='<link rel="stylesheet" href="/a.css"><script src="/a.js"></script>')
    css, script = Answer(b"p{}" * 1000, "text/css"), Answer(b"1;" * 1000, "text/javascript")

    report = visit(browser, page, a_css=css, a_js=script)

    # Headers come on top of the bodies: 100 to 300 bytes each here.
    sums = report.bytes_by_kind()
    bodies = {"html": len(page.body), "css": 3000, "script": 2000}
    assert {kind: 100 < sums[kind] - size < 300 for kind, size in bodies.items()} == dict.fromkeys(
        bodies, True
    )
    assert check_budget(report) == []


def test_a_page_over_every_budget_says_so(browser):
    css = "".join(
        FONT_CSS.format("swap").replace("Wide", f"W{n}").replace("wide.w", f"{n}.w")
        + f".w{n} {{ font-family: W{n} }}"
        for n in "abc"
    )
    text = "".join(f'<p class="w{n}">b</p>' for n in "abc")
    page = a_page(text + '<script src="/big.js"></script>', css=css)
    font = a_wide_font()
    fonts = {f"{n}_woff2": Answer(font.body + b"\0" * 41_000, "font/woff2") for n in "abc"}

    report = visit(browser, page, big_js=Answer(b"1;" * 26_000, "text/javascript"), **fonts)

    assert rules_of(check_budget(report)) == [
        "font-bytes",
        "font-files",
        "page-bytes",
        "script-bytes",
    ]


def test_screenshots_are_whole_pages_in_three_widths_and_two_looks(browser, tmp_path: Path):
    with serve({"/news/bridge/": a_page('<div style="height:2000px"></div>')}) as address:
        files = screenshot(browser, f"{address}/news/bridge/", tmp_path)

    assert [file.name for file in files] == [
        f"news-bridge-{width}-{look}.png"
        for width in (400, 800, 1280)
        for look in ("light", "dark")
    ]
    pictures = [Image.open(file).convert("RGB") for file in files]
    assert [picture.width for picture in pictures] == [400, 400, 800, 800, 1280, 1280]
    assert all(picture.height > 2000 for picture in pictures)
    assert [picture.getpixel((2, 2)) for picture in pictures] == [(255,) * 3, (17,) * 3] * 3
