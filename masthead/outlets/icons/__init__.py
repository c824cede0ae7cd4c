"""Icons as inline SVG: the networks' marks and the few signs our pages use."""

from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from django.utils.safestring import SafeString

_FOLDER = Path(__file__).parent
_ATTRIBUTES = 'class="icon" width="1em" height="1em" aria-hidden="true" focusable="false"'

NAMES = frozenset(path.stem for path in _FOLDER.glob("*.svg"))


@cache
def icon(name: str) -> str:
    """
    The icon's markup, hidden from screen readers: the text beside it says what it means.

    Raises KeyError when there is no icon of that name.
    """
    if name not in NAMES:
        raise KeyError(name)
    svg = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip()
    # Safe: the file is part of the program, and a test reads every one for scripts and links.
    return SafeString(svg.replace("<svg ", f"<svg {_ATTRIBUTES} ", 1))


def favicon(name: str, look: Mapping[str, str]) -> str:
    """The first letter of an outlet's name on its accent, as a data address."""
    return _favicon(name.removeprefix("The ")[:1] or "M", look.get("accent", "#9b1c31"))


@lru_cache(maxsize=500)
def _favicon(letter: str, accent: str) -> str:
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
        f"<rect width='32' height='32' rx='3' fill='{accent}'/>"
        "<text x='16' y='24' text-anchor='middle' font-family='Georgia,serif' font-size='23'"
        f" fill='#fff'>{escape(letter)}</text></svg>"
    )
    return f"data:image/svg+xml,{quote(svg)}"
