"""
A reader's page before it is rendered: everything it shows, nothing of who asked.

Apps below `press` build these without seeing a request, so no session, cookie or header can leak
into a page that is shared; `press` turns them into responses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from masthead.outlets.sheet import Sheet


class PageMissing(Exception):
    """There is no page at this address (404)."""


@dataclass(frozen=True)
class Head:
    """
    What goes into <head> and nowhere else.

    title: without the outlet's name, which the template adds. social_title: for shared cards, when
    it is another. canonical: absolute, empty: none.
    og: (property, content) pairs beyond the ones every page has. json_ld: objects, not yet text.
    feeds: {"title", "type", "href"}. preload_image: {"srcset", "sizes", "type"} of the picture
    that will be the largest thing on the screen.
    """

    title: str
    social_title: str = ""
    description: str = ""
    canonical: str = ""
    robots: str = "max-image-preview:large"
    og: list[tuple[str, str]] = field(default_factory=list)
    json_ld: list[Mapping[str, Any]] = field(default_factory=list)
    feeds: list[dict[str, str]] = field(default_factory=list)
    alternates: list[dict[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    next_url: str = ""
    prev_url: str = ""
    preload_image: dict[str, str] | None = None


@dataclass(frozen=True)
class ReaderPage:
    """
    kind: one of `outlets.styles.PAGE_PARTS`. body_kinds: kinds of body blocks shown, for their CSS.
    status: 200, or 404 and 410 for pages that say why there is nothing.
    holds_members_text: whether it shows what not everybody may read.
    """

    sheet: Sheet
    kind: str
    template: str
    head: Head
    context: dict[str, Any] = field(default_factory=dict)
    body_kinds: frozenset[str] = frozenset()
    status: int = 200
    holds_members_text: bool = False
