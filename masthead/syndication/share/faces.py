"""
The typefaces of share pictures, and whether a text can be set in them.

FreeType reads WOFF2 itself, so these are the very files that the pages use, and one for Arabic.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import ImageFont, features

from masthead.outlets.choices import Typeface

_PAGES = Path(__file__).parents[2] / "outlets/static/masthead/fonts"
_OWN = Path(__file__).parents[1] / "fonts"
SERIF = _PAGES / "newsreader.woff2"
SANS = _PAGES / "inter.woff2"
NASKH = _OWN / "noto-naskh-arabic.woff2"
FACES = {
    Typeface.NEWSREADER: SERIF,
    Typeface.GEORGIA: SERIF,
    Typeface.INTER: SANS,
    Typeface.SYSTEM: SANS,
}
CAN_SHAPE = bool(features.check("raqm"))  # joins Arabic letters and sets them right to left
_NO_SUCH_GLYPH = "\U0010ffff"


@dataclass(frozen=True)
class Style:
    """face: for scripts it has. size in px. weight: on the face's own axis."""

    face: Path
    size: int
    weight: int = 400


def is_rtl(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def font_for(text: str, style: Style) -> Any:
    return _font(NASKH if is_rtl(text) else style.face, style.size, style.weight)


def settable(text: str, style: Style) -> str:
    """The text without signs the face lacks, such as emoji; empty when too much would be lost."""
    if is_rtl(text) and not CAN_SHAPE:
        return ""
    font = font_for(text, Style(style.face, 20))
    missing = _shape(font, _NO_SUCH_GLYPH)
    kept = "".join(each for each in text if each.isspace() or _shape(font, each) != missing)
    lost = [each for each in text if each.isalnum() and each not in kept]
    return " ".join(kept.split()) if not lost else ""


def _shape(font: Any, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)


@cache
def _font(face: Path, size: int, weight: int) -> Any:
    font = ImageFont.truetype(str(face), size)
    if face == NASKH:  # one weight
        return font
    axes = font.get_variation_axes()
    values = [weight, min(max(size, 18), 72)][: len(axes)]
    font.set_variation_by_axes(values)
    return font
