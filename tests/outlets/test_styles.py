"""The CSS of a page: only what it needs, in the outlet's look, readable whatever was chosen."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from masthead.outlets import styles
from masthead.outlets.colours import contrast, mix, readable

CSS = Path(styles.__file__).parent / "css"
SCRIPTS = Path(styles.__file__).parent / "static" / "masthead" / "js"
HOUSE: dict[str, str] = {}


@pytest.fixture(autouse=True)
def plain_asset_addresses(monkeypatch):
    monkeypatch.setattr(styles, "static", lambda path: f"/assets/{path}")
    styles._page_css.cache_clear()
    yield
    styles._page_css.cache_clear()


def declared(css: str, name: str) -> list[str]:
    return re.findall(rf"{name}:([^;}}]+)", css)


def test_page_carries_the_parts_it_names_and_no_others():
    css = styles.page_css(["pager"], HOUSE)

    assert (".pager{" in css, ".embed iframe" in css) == (True, False)


def test_part_named_twice_is_carried_once():
    once = styles.page_css(["pager"], HOUSE)

    assert styles.page_css(["pager", "base", "pager"], HOUSE) == once


def test_part_without_a_file_is_refused():
    with pytest.raises(FileNotFoundError):
        styles.page_css(["no-such-part"], HOUSE)


@pytest.mark.parametrize("kind", sorted(styles.PAGE_PARTS))
def test_every_kind_of_page_has_all_its_files(kind):
    css = styles.page_css(styles.parts_of(kind, body=styles.BODY_PARTS), HOUSE)

    assert css.startswith("@layer reset,tokens,base,layout,components,utilities,theme;")


@pytest.mark.parametrize("kind", sorted(styles.PAGE_PARTS))
def test_css_of_a_page_stays_below_forty_thousand_bytes(kind):
    css = styles.page_css(styles.parts_of(kind, body=styles.BODY_PARTS), HOUSE)

    assert len(css.encode()) < 40_000


def test_body_blocks_bring_their_css():
    parts = styles.parts_of("article", body=["text", "gallery", "audio", "video"])

    assert parts[-2:] == ("recording", "gallery")


def test_outlets_colours_replace_the_house_colours():
    css = styles.page_css([], {"accent": "#0B6672", "paper": "#ffffff"})

    assert (declared(css, "--accent")[0], declared(css, "--paper")[0]) == ("#0b6672", "#ffffff")


@pytest.mark.parametrize("hostile", ["red;}body{display:none", "#12345", "", "url(x)", "#12345g"])
def test_what_is_no_colour_is_left_aside(hostile):
    assert styles.page_css([], {"accent": hostile}) == styles.page_css([], HOUSE)


@pytest.mark.parametrize("accent", ["#ffff00", "#fdfcfa", "#000000", "#7f7f7f", "#00ff88"])
@pytest.mark.parametrize("paper", ["#fdfcfa", "#ffe9d5", "#ffffff"])
def test_any_accent_can_be_read_on_any_pale_paper(accent, paper):
    css = styles.theme({"accent": accent, "paper": paper})

    shown, ground = declared(css, "--accent")[0], declared(css, "--paper-raised")[0]
    on_button = declared(css, "--accent-ink")[0]
    assert contrast(shown, ground) >= 4.5
    assert contrast(on_button, shown) >= 4.5


def test_dark_look_is_for_screens_only():
    assert "@media screen and (prefers-color-scheme:dark)" in styles.theme(HOUSE)


def test_fonts_are_only_those_of_the_look():
    georgia = {"reading_face": "georgia", "headline_face": "georgia"}

    assert styles.font_urls(georgia) == ["/assets/masthead/fonts/inter.woff2"]
    assert "newsreader.woff2" not in styles.page_css([], georgia)
    assert styles.font_urls(HOUSE) == [
        "/assets/masthead/fonts/newsreader.woff2",
        "/assets/masthead/fonts/inter.woff2",
    ]


def test_font_addresses_are_absolute():
    css = styles.page_css([], HOUSE)

    assert re.findall(r'url\("?([^")]+)', css) == styles.font_urls(HOUSE)


def test_hash_is_what_a_browser_computes():
    css = "a{color:red}"

    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert styles.csp_hash(css) == f"'sha256-{digest}'"


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("a { color : red ; }\n", "a{color :red}"),
        ("/* why: { } */ b, i { margin: 0 auto }", "b,i{margin:0 auto}"),
        ('a::after { content: " /* { */ " }', 'a::after{content:" /* { */ "}'),
        ("nav :focus { top: calc(1px + 2px) }", "nav :focus{top:calc(1px + 2px)}"),
        (
            "@media (min-width: 2px) and (x) { a { b: c } }",
            "@media (min-width:2px) and (x){a{b:c}}",
        ),
    ],
)
def test_shortened_css_means_the_same(written, short):
    assert styles.minify(written) == short


@pytest.mark.parametrize("file", sorted(CSS.glob("*.css")), ids=lambda path: path.stem)
def test_component_uses_layers_and_no_left_or_right(file):
    css = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)

    side = r"(?:left|right)"
    physical = rf"(?:margin|padding|border)-{side}|text-align:\s*{side}|[{{;]\s*{side}:"
    assert css.strip().startswith("@layer ")
    assert css.count("{") == css.count("}")
    assert re.findall(physical, css) == []


def test_scripts_of_readers_pages_stay_below_ten_kilobytes():
    assert sum(path.stat().st_size for path in SCRIPTS.glob("*.mjs")) < 10_000


def test_contrast_of_black_and_white_is_twenty_one():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_half_and_half_is_in_the_middle():
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def test_readable_colour_is_left_as_it_is():
    assert readable("#9b1c31", on="#ffffff", ink="#000000") == "#9b1c31"
