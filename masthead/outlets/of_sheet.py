"""
Pieces of pages that say nothing but what the outlet's sheet says: navigation, footer.

They are rendered once in a process for each sheet, not for each page.
"""

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet

MOST_KEPT = 2_000  # pieces, of some 2 KB


def render_of_sheet(template: str, sheet: Sheet, **shown: Any) -> SafeString:
    """
    The template with `sheet` and these values, in the language in force.

    shown: hashable, and few in number. No time, no query and nothing that a key must name.
    """
    return _render(template, sheet, get_language(), tuple(shown.items()))


@lru_cache(maxsize=MOST_KEPT)
def _render(
    template: str, sheet: Sheet, language: str | None, shown: tuple[tuple[str, Any], ...]
) -> SafeString:
    return render(template, {"sheet": sheet, **dict(shown)})
