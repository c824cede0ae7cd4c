"""Where readers' pages are: hosts, and every address there is on each."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.encoding import escape_uri_path, iri_to_uri

from masthead.articles.models import ListedAuthor, ListedTopic, PublishedArticle
from masthead.outlets.models import Domain, FormerSlug, PathMove
from masthead.outlets.queries import canonical_sheets, find_sheet_of
from masthead.outlets.sheet import Sheet
from masthead.outlets.standard_site import WELL_KNOWN
from masthead.people.models import Author
from masthead.press.annexes import answered_by_app, asked_for
from masthead.press.crawlers import SUPPLEMENT
from masthead.press.shelf.addresses import APP, MOVED, PAGE, Address, Hosts, HostTable

FEEDS = ("feed.xml", "atom.xml", "feed.json")
SINGLE = (
    "sitemap.xml",
    "sitemap-pages.xml",
    "sitemap-news.xml",
    "robots.txt",
    ".well-known/security.txt",
    "ads.txt",
    "app-ads.txt",
    "sellers.json",
    WELL_KNOWN,
)
FROM_PROGRAM = ("search/", "search/suggest.json", "oembed")
LISTS = ("before", "after")
# The program's on every host; published pictures and assets are files, which the front door finds
# by itself, all but a developer's.
TO_APP = ("/desk/", "/account/", "/media/", "/assets/", "/-/")
ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Place:
    """An outlet's page by the path below the outlet; or the network's front, in the language of
    its first outlet."""

    sheet: Sheet
    path: str
    is_network: bool = False


def network_host() -> str:
    return urlsplit(settings.NETWORK_URL).hostname or ""


def host_of(sheet: Sheet) -> str:
    """The one host under which an outlet's pages lie on the shelf."""
    return urlsplit(sheet.base).hostname or ""


def find_place(*, host: str, path: str) -> Place | None:
    """What is at a path of a canonical host; None where no printed page can be."""
    known = all_sheets()
    if host == network_host() and path == "/":
        return Place(known[0], "", is_network=True) if len(known) > 1 else None
    for sheet in known:
        begin = f"{sheet.prefix}/"
        if takes_networks_name(sheet):
            continue
        if host_of(sheet) == host and path.startswith(begin):
            return Place(sheet, path.removeprefix(begin))
    return None


def takes_networks_name(sheet: Sheet) -> bool:
    """A title whose domain became the network's own address, which all titles are below."""
    return not sheet.prefix and host_of(sheet) == network_host()


def find_network(host: str) -> Place | None:
    """The network's own pages, in the language of its first outlet; None on other hosts."""
    known = all_sheets() if host == network_host() else []
    return Place(known[0], "", is_network=True) if known else None


def all_sheets() -> list[Sheet]:
    """Every outlet as on its canonical address, in the network's order. One query."""
    return canonical_sheets()


def hosts(known: list[Sheet], *, complete: bool) -> Hosts:
    """
    Every name by which readers may come, and what the front door must pass on.

    An outlet with a domain is passed on in its path form, which is for trying it out.
    """
    network = network_host()
    domains = dict(Domain.objects.values_list("host", "outlet_id"))
    by_id = {sheet.id: sheet for sheet in known}
    canonical = {
        name: host_of(by_id[outlet]) for name, outlet in domains.items() if outlet in by_id
    }
    # The network's names last: no title takes them, also where one of its domains became one.
    canonical |= {_bracketed(name): network for name in [*settings.NETWORK_HOSTS, network]}
    tables = {network: _network_table(known, complete)}
    for sheet in known:
        if not sheet.prefix and not takes_networks_name(sheet):
            tables[host_of(sheet)] = HostTable(
                complete=complete,
                to_app=(*TO_APP, *answered_by_app(sheet)),
                outlets=("/",),
                asked=asked_for(sheet),
                crawlers=_crawlers([sheet]),
            )
    return Hosts(canonical=canonical, tables=tables, complete=complete)


def _bracketed(name: str) -> str:
    """As a Host header writes it."""
    bare = name.strip("[]")
    return f"[{bare}]" if ":" in bare else bare


def _network_table(known: list[Sheet], complete: bool) -> HostTable:
    tried = tuple(f"/{sheet.slug}/" for sheet in known if not sheet.prefix)
    own = tuple(f"{sheet.prefix}/" for sheet in known if sheet.prefix)
    outside = ("/",) if known else ()  # of every outlet
    here = [sheet for sheet in known if sheet.prefix]
    by_app = (path for sheet in here for path in answered_by_app(sheet))
    return HostTable(
        complete=complete,
        to_app=(*TO_APP, *tried, *by_app),
        outlets=(*outside, *own),
        asked=tuple(path for sheet in here for path in asked_for(sheet)),
        crawlers=_crawlers(here),
    )


def _crawlers(known: list[Sheet]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    named = ((each, each.supplements.get(SUPPLEMENT, {}).get("crawlers")) for each in known)
    return tuple((f"{sheet.prefix}/", tuple(names)) for sheet, names in named if names)


def network_addresses(known: list[Sheet]) -> Iterator[Address]:
    host = network_host()
    yield Address(host, "/", PAGE if len(known) > 1 else APP)
    yield Address(host, "/robots.txt", APP)
    for file in ("ads.txt", "app-ads.txt", "sellers.json"):
        yield Address(host, f"/{file}", APP)
    yield Address(host, "/search/", APP)
    for sheet in known:
        yield Address(host, f"/{WELL_KNOWN}/{sheet.slug}", APP)
    # One that has become another outlet's address again is that outlet's.
    former = FormerSlug.objects.filter(outlet__in=[sheet.id for sheet in known])
    for left in former.select_related("outlet").exclude(slug__in=[each.slug for each in known]):
        to = f"/{escape_uri_path(left.outlet.slug)}/"
        yield Address(host, f"/{left.slug}/", MOVED, location=to, below=True)


def outlet_addresses(sheet: Sheet) -> Iterator[Address]:
    """Every address of an outlet, read in batches; a hundred thousand articles fit in little."""
    yield from moved_addresses(sheet, PathMove.objects.filter(outlet_id=sheet.id))
    yield from fixed_addresses(sheet)
    yield from _lists(sheet)
    rows = PublishedArticle.objects.filter(outlet=sheet.id).order_by("pk")
    paths = rows.values_list("path", flat=True)
    for path in paths.iterator(chunk_size=ROWS_AT_ONCE):
        yield _page(sheet, path)


def fixed_addresses(sheet: Sheet) -> Iterator[Address]:
    """Those that the sheet alone tells."""
    yield _page(sheet, "")
    for path in ("archive/", "feeds/", *SINGLE, *(page.path for page in sheet.pages)):
        yield _page(sheet, path)
    for path in FROM_PROGRAM:
        yield Address(host_of(sheet), sheet.url(path), APP)
    yield from _feeds(sheet, "")
    for section in sheet.sections:
        yield _page(sheet, section.path, LISTS)
        yield from _feeds(sheet, section.path)


def article_addresses(sheet: Sheet, rows: Iterable[PublishedArticle]) -> Iterator[Address]:
    """Those that these articles bring about: their own, their authors', topics' and months'."""
    for row in rows:
        yield _page(sheet, row.path)
        for author in row.listed_authors.select_related("author"):
            yield from _list(sheet, f"authors/{author.author.slug}/")
        for topic in row.listed_topics.select_related("topic"):
            yield from _list(sheet, f"topics/{topic.topic.slug}/")
        yield from _month(sheet, row)


def author_addresses(sheet: Sheet, authors: Collection[int]) -> Iterator[Address]:
    """The pages that these authors have on the outlet."""
    for slug in _author_slugs(sheet, Author.objects.filter(pk__in=authors)):
        yield from _list(sheet, f"authors/{slug}/")


def topic_addresses(sheet: Sheet, topics: Collection[int]) -> Iterator[Address]:
    """The pages that these topics have on the outlet."""
    listed = ListedTopic.objects.filter(outlet_id=sheet.id, topic__in=topics)
    for slug in listed.values_list("topic__slug", flat=True).distinct():
        yield from _list(sheet, f"topics/{slug}/")


def moved_addresses(sheet: Sheet, moves: Iterable[PathMove]) -> Iterator[Address]:
    """One row a move: whatever lay below moved along. What has come to an address since stays."""
    moved = {move.old_path: move for move in moves}
    taken = _taken(sheet, moved.keys())
    for old_path, move in moved.items():
        location = _location(sheet, move) if old_path not in taken else None
        if location is not None:
            path = unquote(sheet.url(old_path))
            yield Address(host_of(sheet), path, MOVED, location=location, below=True)


def _location(sheet: Sheet, move: PathMove) -> str | None:
    path = escape_uri_path(move.new_path)  # as it stands in a header
    if move.to_outlet_id is None:
        # What moved below itself would send a missing path round in ever longer circles.
        return None if move.new_path.startswith(move.old_path) else iri_to_uri(sheet.url(path))
    there = find_sheet_of(outlet_id=move.to_outlet_id)
    return iri_to_uri(there.absolute(path)) if there else None


def _taken(sheet: Sheet, paths: Collection[str]) -> set[str]:
    """Those at which something stands that is not a former address."""
    known = {each.path for each in sheet.sections} | {each.path for each in sheet.pages}
    named = {path.split("/")[1] for path in paths if path.startswith("authors/")}
    writing = _author_slugs(sheet, Author.objects.filter(slug__in=named)) if named else set()
    known |= {f"authors/{slug}/" for slug in writing}
    filed = {path.split("/")[1] for path in paths if path.startswith("topics/")}
    listed = ListedTopic.objects.filter(outlet_id=sheet.id, topic__slug__in=filed)
    known |= {f"topics/{slug}/" for slug in listed.values_list("topic__slug", flat=True)}
    rows = PublishedArticle.objects.filter(outlet=sheet.id, path__in=list(paths))
    return known.intersection(paths) | set(rows.values_list("path", flat=True))


def _author_slugs(sheet: Sheet, authors: QuerySet[Author]) -> set[str]:
    """Of those who are listed on the outlet or said to write for it."""
    listed = ListedAuthor.objects.filter(outlet_id=sheet.id, author__in=authors)
    staff = authors.filter(outlets=sheet.id)
    return {
        *listed.order_by("author__slug").values_list("author__slug", flat=True).distinct(),
        *staff.values_list("slug", flat=True),
    }


def _lists(sheet: Sheet) -> Iterator[Address]:
    for slug in sorted(_author_slugs(sheet, Author.objects.all())):
        yield from _list(sheet, f"authors/{slug}/")
    topics = ListedTopic.objects.filter(outlet_id=sheet.id)
    named = topics.order_by("topic__slug").values_list("topic__slug", flat=True).distinct()
    for slug in named:
        yield from _list(sheet, f"topics/{slug}/")
    live = PublishedArticle.objects.filter(outlet=sheet.id, state=PublishedArticle.State.LIVE)
    months = live.datetimes("published_at", "month", tzinfo=ZoneInfo(sheet.timezone))
    for month in months:
        yield _page(sheet, f"archive/{month:%Y/%m}/", LISTS)
    for month in live.datetimes("published_at", "month", tzinfo=UTC):
        yield _page(sheet, f"sitemap-{month.year}-{month.month}.xml", ("part",))


def _month(sheet: Sheet, row: PublishedArticle) -> Iterator[Address]:
    here = row.published_at.astimezone(ZoneInfo(sheet.timezone))
    yield _page(sheet, f"archive/{here:%Y/%m}/", LISTS)
    there = row.published_at.astimezone(UTC)
    yield _page(sheet, f"sitemap-{there.year}-{there.month}.xml", ("part",))


def _list(sheet: Sheet, path: str) -> Iterator[Address]:
    yield _page(sheet, path, LISTS)
    yield from _feeds(sheet, path)


def _feeds(sheet: Sheet, path: str) -> Iterator[Address]:
    for file in FEEDS:
        yield _page(sheet, path + file)


def _page(sheet: Sheet, path: str, params: tuple[str, ...] = ()) -> Address:
    return Address(host_of(sheet), unquote(sheet.url(path)), PAGE, params)
