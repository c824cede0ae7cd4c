"""Icons as inline SVG: the networks' marks and the few signs our pages use."""

from functools import cache
from pathlib import Path

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
