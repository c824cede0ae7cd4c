"""
The CSS of a page, as one string to be put inline: a reader's first visit needs no second request.

Component files are in `css/`, one layer each; a page names the components it is made of.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString

from masthead.outlets.choices import Typeface
from masthead.outlets.colours import contrast, is_colour, mix, readable

LAYERS = "@layer reset,tokens,base,layout,components,utilities,theme;"
EVERY_PAGE = (
    "reset",
    "tokens",
    "base",
    "top-bar",
    "nameplate",
    "section-nav",
    "footer",
    "utilities",
    "print",
)
_CARDS = ("picture", "focus", "article-card")
_LIST = (*_CARDS, "page-head", "river", "pager")
PAGE_PARTS: Mapping[str, tuple[str, ...]] = {
    "front": (*_CARDS, "front", "section-row"),
    "section": _LIST,
    "topic": _LIST,
    "author": (*_LIST, "avatar", "author-head"),
    "archive": (*_LIST, "archive"),
    "search": (*_LIST, "search", "search-filters"),
    "article": (
        *_CARDS,
        "article",
        "article-head",
        "avatar",
        "byline",
        "article-body",
        "share-links",
        "follow-bar",
        "card-grid",
    ),
    "plain": ("page-head", "article-body"),
    "personal": ("page-head", "sign-up", "personal"),
    "comments": ("page-head", "comments", "pager"),
    "feeds": ("page-head", "feeds"),
    "newsletter": ("page-head", "editions"),
    "edition": (*_CARDS, "page-head", "article-body", "editions"),
    "membership": ("page-head", "membership"),
    "network": (*_CARDS, "page-head", "network", "search", "card-grid"),
    "error": (*_CARDS, "page-head", "search", "card-grid"),
}
# Body blocks whose CSS is worth leaving out of the pages that do not have them.
BODY_PARTS: Mapping[str, tuple[str, ...]] = {
    "gallery": ("gallery",),
    "pull_quote": ("quotation",),
    "quotation": ("quotation",),
    "embed": ("embed",),
    "table": ("table",),
    "audio": ("recording",),
    "video": ("recording",),
    "document": ("document",),
    "fact_box": ("fact-box",),
    "chart": ("chart",),
}

_FOLDER = Path(__file__).parent / "css"
_FONTS = Path(__file__).parent / "static" / "masthead" / "fonts" / "fonts.css"
_FAMILY_FILES = {Typeface.NEWSREADER: "newsreader", Typeface.INTER: "inter"}
_STACKS = {
    Typeface.NEWSREADER: '"Newsreader","Newsreader Georgia","Newsreader Times",Georgia,serif',
    Typeface.INTER: '"Inter","Inter Arial",system-ui,sans-serif',
    Typeface.GEORGIA: 'Georgia,"Times New Roman",serif',
    Typeface.SYSTEM: 'system-ui,-apple-system,"Segoe UI",sans-serif',
}
_INK, _INK_DARK = "#16130f", "#efe9df"
_INK_SOFT, _INK_SOFT_DARK = "#5b544b", "#a69d8f"
_PIGMENT = "#6b4a0c"  # stirred into the light paper: warmer than grey would be
_PAPER, _PAPER_DARK = "#fdfcfa", "#14120f"
_ACCENT, _ACCENT_DARK = "#9b1c31", "#e8707f"

# Strings are kept as they are; comments go; blanks go where CSS does not need them.
_TOKEN = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/|\s*([{};,])\s*|:\s+|(\s+)""", re.DOTALL)


def parts_of(page_kind: str, *, body: Iterable[str] = ()) -> tuple[str, ...]:
    """The components of a kind of page; for an article, also those of the blocks in its body."""
    blocks = [part for kind in sorted(set(body)) for part in BODY_PARTS.get(kind, ())]
    return tuple(dict.fromkeys([*PAGE_PARTS[page_kind], *blocks]))


def page_css(parts: Iterable[str], look: Mapping[str, str]) -> SafeString:
    """
    All CSS of a page made of these parts, in an outlet's look; made once per process.

    look: accent, accent_dark, paper, paper_dark as #rrggbb, reading_face, headline_face.
    What is missing or no colour is taken from the house look. Raises FileNotFoundError for a
    part that has no file.
    """
    return _page_css(tuple(dict.fromkeys([*EVERY_PAGE, *parts])), tuple(sorted(look.items())))


@lru_cache(maxsize=500)
def csp_hash(css: str) -> str:
    """The source expression that lets exactly this style element through the page's policy."""
    digest = hashlib.sha256(css.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def font_urls(look: Mapping[str, str]) -> list[str]:
    """The font files a page in this look is set in, to be preloaded."""
    return [_font_url(name) for name in _font_names(look)]


@cache
def _font_url(name: str) -> str:
    return static(f"masthead/fonts/{name}.woff2")


def paper_colours(look: Mapping[str, str]) -> tuple[str, str]:
    """The ground of the light and of the dark look."""
    return _colour(look, "paper", _PAPER), _colour(look, "paper_dark", _PAPER_DARK)


def minify(css: str) -> str:
    """CSS without comments and needless blanks. Enough for our own files; not for any CSS."""
    return _TOKEN.sub(_shorten, css).replace(";}", "}").strip()


@cache
def _page_css(parts: tuple[str, ...], look: tuple[tuple[str, str], ...]) -> SafeString:
    chosen = dict(look)
    # The theme first: on paper, print.css overrides it in the same layer.
    sheets = [LAYERS, _font_faces(chosen), theme(chosen), *map(_component, parts)]
    # Safe: our own files, and colours and faces that were checked.
    return SafeString("".join(sheets))


@cache
def _component(name: str) -> str:
    return minify(_file_of(name).read_text(encoding="utf-8"))


def _file_of(name: str) -> Path:
    """Ours, or a sheet that another app keeps among its assets."""
    if (own := _FOLDER / f"{name}.css").exists():
        return own
    if found := finders.find(f"masthead/css/{name}.css"):
        return Path(found)
    raise FileNotFoundError(f"There is no CSS for a page part called {name}.")


def theme(look: Mapping[str, str]) -> str:
    """The outlet's own values over the tokens; colours are moved until they can be read."""
    light = colours(look, dark=False)
    dark = colours(look, dark=True)
    faces = {
        "--face-text": _STACKS[_face(look, "reading_face")],
        "--face-head": _STACKS[_face(look, "headline_face")],
        "--face-ui": _STACKS[Typeface.INTER],
    }
    return (
        f"@layer theme{{:root{{{_declare(light | faces)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_declare(dark)}}}}}}}"
    )


def colours(look: Mapping[str, str], *, dark: bool) -> dict[str, str]:
    """The tokens that an outlet's look sets, by their CSS names; all can be read on the paper."""
    paper = paper_colours(look)[dark]
    ink = _INK_DARK if dark else _INK
    key, house = ("accent_dark", _ACCENT_DARK) if dark else ("accent", _ACCENT)
    raised = mix(paper, ink, 0.045) if dark else mix(paper, _PIGMENT, 0.055)
    # Kickers stand on the raised paper too, which is the harder ground.
    accent = readable(_colour(look, key, house), on=raised, ink=ink)
    accent_ink = max("#ffffff", _INK, key=lambda each: contrast(each, accent))
    return {
        "--paper": paper,
        "--paper-raised": raised,
        "--ink": ink,
        "--ink-soft": readable(_INK_SOFT_DARK if dark else _INK_SOFT, on=raised, ink=ink),
        "--rule": mix(paper, ink, 0.16) if dark else mix(paper, _PIGMENT, 0.22),
        "--accent": accent,
        "--accent-ink": accent_ink,
    }


def _colour(look: Mapping[str, str], key: str, house: str) -> str:
    given = look.get(key, "")
    return given.lower() if is_colour(given) else house


def _face(look: Mapping[str, str], key: str) -> Typeface:
    given = look.get(key, "")
    return Typeface(given) if given in Typeface.values else Typeface.NEWSREADER


def _declare(values: Mapping[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in values.items())


def _font_names(look: Mapping[str, str]) -> list[str]:
    used = [_face(look, "reading_face"), _face(look, "headline_face"), Typeface.INTER]
    return list(dict.fromkeys(_FAMILY_FILES[face] for face in used if face in _FAMILY_FILES))


def _font_faces(look: Mapping[str, str]) -> str:
    """The faces this look is set in, with their addresses made absolute."""
    names = _font_names(look)
    blocks = re.findall(r"@font-face\s*\{[^}]*\}", _FONTS.read_text(encoding="utf-8"))
    wanted = [block for block in blocks if any(f'"{name.title()}' in block for name in names)]
    css = minify("".join(wanted))
    for name in names:
        css = css.replace(f'"{name}.woff2"', f'"{_font_url(name)}"')
    return css


def _shorten(match: re.Match[str]) -> str:
    text, mark, blank = match.groups()
    if text is not None:
        return text
    if mark is not None:
        return mark
    if blank is not None:
        return " "
    return ":" if match[0].startswith(":") else ""
