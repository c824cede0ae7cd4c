"""
The registry of page parts: how a feature puts a piece of its own on readers' pages.

`press` and the pages' templates name places, never features.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from masthead.outlets.of_sheet import render_of_sheet
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet

# Where a part can stand. Article pages: the first seven; fronts; every page: the last.
PLACES = (
    "after_byline",
    "in_text",
    "gate",
    "after_text",
    "rail",
    "after_article",
    "end",
    "front_column",
    "footer",
)


@dataclass(frozen=True)
class PagePart:
    """
    name: short and lasting, e.g. "follow-bar".
    build: from the page's context (`sheet`, `page_kind`, `article` …) to the template's, or None
        to stand aside. At most one query; it runs in the anonymous render of a shared page, so it
        sees no reader.
    css: component files of `outlets/css` that the page then carries.
    is_of_sheet: whether it says the same on every page of an outlet as long as the sheet does (see
        `outlets.of_sheet`); it is then rendered once, not for each page.
    """

    name: str
    place: str
    template: str
    build: Callable[[Mapping[str, Any]], dict[str, Any] | None]
    css: tuple[str, ...] = ()
    order: int = 100
    is_of_sheet: bool = False


_parts: dict[str, PagePart] = {}


def register_page_part(part: PagePart) -> None:
    """Add a part; call from `apps.ready()`. Raises ValueError for a taken name or no such place."""
    if part.name in _parts:
        raise ValueError(f"A page part named {part.name} is registered already.")
    if part.place not in PLACES:
        raise ValueError(f"There is no place called {part.place} on a page.")
    _parts[part.name] = part


def parts_at(place: str) -> list[PagePart]:
    found = [part for part in _parts.values() if part.place == place]
    return sorted(found, key=lambda part: (part.order, part.name))


def render_parts(place: str, context: Mapping[str, Any]) -> list[SafeString]:
    """The parts of a place that have something to show, rendered, in order."""
    rendered = []
    for part in parts_at(place):
        built = part.build(context)
        if built is not None:
            rendered.append(_rendered(part, context["sheet"], built))
    return rendered


def _rendered(part: PagePart, sheet: Sheet, built: dict[str, Any]) -> SafeString:
    if part.is_of_sheet:
        return render_of_sheet(part.template, sheet, **built)
    return render(part.template, {"sheet": sheet, **built})


def places_on(page_kind: str) -> tuple[str, ...]:
    """The places that a kind of page can have; only their parts' CSS goes with it."""
    if page_kind == "article":
        return tuple(place for place in PLACES if place != "front_column")
    return ("front_column", "footer") if page_kind == "front" else ("footer",)


def css_of_parts(places: tuple[str, ...] = PLACES) -> list[str]:
    return [name for place in places for part in parts_at(place) for name in part.css]
