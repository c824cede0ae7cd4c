"""Lines of text: broken so that they fit, then evened out."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from PIL import ImageDraw

from masthead.syndication.share.faces import CAN_SHAPE, Style, font_for, is_rtl


def fit(
    text: str, style: Style, *, width: int, lines: int, smallest: int
) -> tuple[Style, list[str]]:
    """
    The largest size, down to `smallest` px, at which the text takes at most so many lines.

    What does not fit even then ends with an ellipsis.
    """
    for size in range(style.size, smallest - 1, -4):
        tried = replace(style, size=size)
        broken = wrap(text, tried, width=width)
        if len(broken) <= lines:
            return tried, balance(text, tried, width=width)
    last = replace(style, size=smallest)
    broken = wrap(text, last, width=width)[:lines]
    while length(broken[-1] + "…", last) > width:
        broken[-1] = broken[-1][:-1].rstrip()
    return last, [*broken[:-1], broken[-1] + "…"]


def wrap(text: str, style: Style, *, width: int) -> list[str]:
    """Break at blanks; a word wider than the line is broken inside."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text, style, width):
        longer = f"{line} {word}" if line else word
        if line and length(longer, style) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def balance(text: str, style: Style, *, width: int) -> list[str]:
    """As many lines as `width` needs, made as even as they can be."""
    count = len(wrap(text, style, width=width))
    low, high = 1, width
    while low < high:
        middle = (low + high) // 2
        narrow = wrap(text, style, width=middle)
        fits = len(narrow) <= count and all(length(line, style) <= middle for line in narrow)
        low, high = (low, middle) if fits else (middle + 1, high)
    return wrap(text, style, width=high)


# Evening out asks for the same lines again and again; shaping one takes 0.2 ms.
@lru_cache(maxsize=4096)
def length(text: str, style: Style) -> float:
    return float(font_for(text, style).getlength(text, **_direction(text)))


def draw_line(
    draw: ImageDraw.ImageDraw,
    text: str,
    style: Style,
    *,
    start: int,
    end: int,
    baseline: int,
    colour: str,
    from_right: bool,
) -> None:
    """One line from the edge where its page begins reading."""
    at = (end, baseline) if from_right else (start, baseline)
    anchor = "rs" if from_right else "ls"
    draw.text(at, text, fill=colour, font=font_for(text, style), anchor=anchor, **_direction(text))


def _pieces(text: str, style: Style, width: int) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        while length(word, style) > width and len(word) > 1:
            cut = _fitting(word, style, width)
            pieces.append(word[:cut])
            word = word[cut:]
        pieces.append(word)
    return pieces


def _fitting(word: str, style: Style, width: int) -> int:
    """How many of the word's letters the line takes, one at least."""
    counts = range(len(word) - 1, 1, -1)
    return next((count for count in counts if length(word[:count], style) <= width), 1)


def _direction(text: str) -> dict[str, Any]:
    return {"direction": "rtl" if is_rtl(text) else "ltr"} if CAN_SHAPE else {}
