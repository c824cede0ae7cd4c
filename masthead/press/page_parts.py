"""
The registry of page parts: how a feature puts a piece of its own on readers' pages.

`press` and the pages' templates name places, never features.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from masthead.outlets.of_sheet import render_of_sheet
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet

# Where a part can stand. Article pages: the first eight; fronts; fronts and lists; every page: the
# last two.
PLACES = (
    "after_byline",
    "in_text",
    "gate",
    "after_text",
    "rail",
    "side",
    "after_article",
    "end",
    "front_column",
    "between",
    "top",
    "footer",
)
OF_LISTS = ("between", "top", "footer")


@dataclass(frozen=True)
class PagePart:
    """
    name: short and lasting, e.g. "follow-bar".
    build: from the page's context (`sheet`, `page_kind`, `article` …) to the template's, or None
        to stand aside. At most one query; it runs in the anonymous render of a shared page, so it
        sees no reader.
    css: component files of `outlets/css` that the page then carries.
    stops: of a part between the items of a text or list, the numbers (from 1) of those that it
        follows. Its context says how many there are (`items`), and which numbers parts with a
        place of their own have taken (`taken`); `build` is called for each, with `stop` and `turn`
        (0 for the first). Without it a part of the text stands in the text's usual place.
    wanted: whether a page carries the `css`, from its context; None: always.
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
    stops: Callable[[Mapping[str, Any]], Iterable[int]] | None = None
    wanted: Callable[[Mapping[str, Any]], bool] | None = None


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


def render_between(
    place: str, context: Mapping[str, Any], *, items: int, usual: int = 0
) -> dict[int, list[SafeString]]:
    """
    The parts between the items of a text or list, by the number of the item they follow.

    usual: after which item parts stand that name none; 0: nowhere.
    """
    placed = [part for part in parts_at(place) if part.stops is None] if usual else []
    found: dict[int, list[SafeString]] = {}
    for part in placed:
        built = part.build(context)
        if built is not None:
            found.setdefault(usual, []).append(_rendered(part, context["sheet"], built))
    seen = {**context, "items": items, "taken": frozenset(found)}
    for part in parts_at(place):
        for turn, stop in enumerate(part.stops(seen) if part.stops else ()):
            built = part.build({**seen, "stop": stop, "turn": turn})
            if built is not None:
                found.setdefault(stop, []).append(_rendered(part, context["sheet"], built))
    return found


def _rendered(part: PagePart, sheet: Sheet, built: dict[str, Any]) -> SafeString:
    if part.is_of_sheet:
        return render_of_sheet(part.template, sheet, **built)
    return render(part.template, {"sheet": sheet, **built})


def places_on(page_kind: str) -> tuple[str, ...]:
    """The places that a kind of page can have; only their parts' CSS goes with it."""
    if page_kind == "article":
        return tuple(place for place in PLACES if place not in {"front_column", "between"})
    return ("front_column", *OF_LISTS) if page_kind == "front" else OF_LISTS


def css_of_parts(
    places: tuple[str, ...] = PLACES, context: Mapping[str, Any] | None = None
) -> list[str]:
    """context: of the page, to leave out what it does not want; without it, all there may be."""
    return [
        name
        for place in places
        for part in parts_at(place)
        for name in part.css
        if context is None or part.wanted is None or part.wanted(context)
    ]
