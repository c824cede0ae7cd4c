"""A whole search as an address says it: words, filters, order and page; and its one address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from masthead.articles.models import Kind
from masthead.fronts.queries import find_author_on_any
from masthead.outlets.sheet import Sheet
from masthead.people.models import Author
from masthead.search.asked import FIRST, LAST, Asked, ask
from masthead.search.entries import author_mark, kind_mark, place_of, section_mark
from masthead.search.query import SearchQuery, read_query

PARAMS = ("q", "section", "author", "kind", "from", "to", "sort", "before", "after", "page")
BEST = "best"
MOST_PAGES = 15
LONGEST_SLUG = 120
NOTHING = SearchQuery()
FIRST_YEAR, LAST_YEAR = 1600, 2500


@dataclass(frozen=True)
class Search:
    """
    section: its path without the slash at the end. author: slug. since, until: days in the
    outlet's time zone, both included. before, after: of the entries' ids, see `Found`.
    """

    query: SearchQuery = NOTHING
    section: str = ""
    author: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    is_best: bool = False
    before: int | None = None
    after: int | None = None
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return bool(self.section or self.author or self.kind or self.since or self.until)

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for: the search box alone is shown."""
        return self.query.is_empty and not self.is_filtered

    @property
    def params(self) -> dict[str, str]:
        """What its one address says, in order."""
        given = {
            "q": self.query.text,
            "section": self.section,
            "author": self.author,
            "kind": self.kind,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "sort": BEST if self.is_best else "",
            "before": "" if self.before is None else str(self.before),
            "after": "" if self.after is None else str(self.after),
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in given.items() if value}

    @property
    def address(self) -> str:
        """Below the outlet."""
        return f"search/?{urlencode(self.params)}" if self.params else "search/"

    def on_page(self, **place: int) -> "Search":
        return replace(self, **{"before": None, "after": None, "page": 1, **place})  # type: ignore[arg-type]  # ints


def read_search(params: Mapping[str, str], *, sheet: Sheet | None) -> Search:
    """
    Whatever was sent, what makes no sense left out.

    sheet: whose sections there are and whose clock counts; None for the whole network.
    """
    query = read_query(params.get("q", ""))
    section = params.get("section", "").strip("/")
    is_section = sheet is not None and sheet.find_section_at(section + "/") is not None
    author = params.get("author", "")
    kind = params.get("kind", "")
    search = Search(
        query=query,
        section=section if is_section else "",
        author=author if author.isprintable() and len(author) <= LONGEST_SLUG else "",
        kind=kind if kind in Kind.values else "",
        since=_day(params.get("from", "")),
        until=_day(params.get("to", "")),
    )
    if search.is_empty:
        return Search()
    if params.get("sort") == BEST and not query.is_empty:
        return replace(search, is_best=True, page=_page(params.get("page", "")))
    before = _number(params.get("before", ""))
    after = _number(params.get("after", "")) if before is None else None
    return replace(search, before=before, after=after)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _number(text: str) -> int | None:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return None
    return int(text)


def _page(text: str) -> int:
    return min(max(_number(text) or 1, 1), MOST_PAGES)


@dataclass(frozen=True)
class Sought:
    """A search with what its filters name; asked: None when one of them names nothing."""

    search: Search
    asked: Asked | None
    author: Author | None = None


def seek(search: Search, *, sheets: list[Sheet]) -> Sought:
    """At most one query, for an author's name."""
    filters: list[tuple[str, ...]] = []
    if search.section:
        filters.append(_sections(search.section, sheets[0]))
    if search.kind:
        filters.append((kind_mark(search.kind),))
    author = None
    if search.author:
        outlet_ids = [sheet.id for sheet in sheets]
        author = find_author_on_any(outlet_ids=outlet_ids, slug=search.author)
        if author is None:
            return Sought(search, None)
        filters.append((author_mark(author.pk),))
    zone = ZoneInfo(sheets[0].timezone)
    first = place_of(_midnight(search.since, zone)) if search.since else FIRST
    last = LAST
    if search.until:
        last = place_of(_midnight(search.until + timedelta(days=1), zone)) - 1
    asked = ask(search.query, sheets=sheets, filters=filters, first=first, last=last)
    return Sought(search, asked, author)


def _sections(path: str, sheet: Sheet) -> tuple[str, ...]:
    """A section and those below it."""
    section = sheet.find_section_at(path + "/")
    if section is None:  # left out by `read_search`
        return ()
    below = sheet.children_of(section)
    return tuple(section_mark(each.id) for each in (section, *below))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
