"""Printing: from an address on a host to a finished page on the shelf, without any request."""

import time
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import parse_qsl, quote, urlencode

from django.urls import Resolver404, resolve, set_script_prefix
from django.utils import timezone, translation

from masthead.articles.models import PublishedArticle
from masthead.articles.queries import Place as ListPlace
from masthead.changes.queries import newest_number
from masthead.outlets.page import PageMissing, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.errors import missing_outside, missing_page
from masthead.press.headers import printed_headers
from masthead.press.places import Place, find_network, find_place
from masthead.press.reader_view import ReaderView
from masthead.press.render import Printed
from masthead.press.shelf.addresses import NOT_FOUND
from masthead.press.shelf.compressing import compress
from masthead.press.shelf.container import Page
from masthead.press.variants import Variant, find_variant
from masthead.press.views import PLACES, network_front


class NotForShelf(Exception):
    """This address is answered anew each time, or there is nothing at it."""


class NoSuchVariant(Exception):
    """No class of readers has that name."""


def print_target(*, host: str, target: str, variant: str, in_haste: bool = False) -> Page:
    """
    Print one address for one class of readers.

    host: canonical. target: a path as asked for on that host with its heeded parameters in order,
    or "!404" and an outlet's prefix. in_haste: a reader waits; see `compress`.
    What it saw is noted before it looks: a change that commits meanwhile makes it stale.
    Raises NotForShelf, NoSuchVariant.
    """
    wanted = find_variant(variant)
    if wanted is None:
        raise NoSuchVariant(variant)
    seen, printed_at = newest_number(), time.time()
    printed = _print(host, target, wanted)
    return Page(
        host=host,
        target=target,
        variant=variant,
        status=printed.status,
        headers=tuple(_headers(printed).items()),
        bodies=compress(printed.body, in_haste=in_haste),
        etag=printed.headers.get("ETag", "").strip('"'),
        keys=tuple(sorted(printed.keys)),
        seen=seen,
        printed_at=printed_at,
        fresh_until=printed.fresh_until.timestamp() if printed.fresh_until else None,
        # What was printed for the public can be given to all; never the other way round.
        for_all=printed.for_all and wanted.is_public,
    )


def _headers(printed: Printed) -> dict[str, str]:
    own = {name: value for name, value in printed.headers.items() if name != "ETag"}
    return {**own, **printed_headers(printed.keys)}


def _print(host: str, target: str, variant: Variant) -> Printed:
    is_missing = target.startswith(NOT_FOUND)
    path, mark, query = target.removeprefix(NOT_FOUND).partition("?")
    if mark and not query:
        raise NotForShelf(target)
    is_outside = is_missing and path == "/"
    place = (find_network(host) if is_outside else None) or find_place(host=host, path=path)
    if place is None:
        raise NotForShelf(target)
    now = timezone.now()
    with in_force(place.sheet):
        if is_missing:
            return _print_missing(place, now, variant)
        if place.is_network:
            return network_front.print(Asking(place.sheet, now, variant))
        return _print_path(place.sheet, place.path, query, now, variant)


def _print_path(sheet: Sheet, path: str, query: str, now: datetime, variant: Variant) -> Printed:
    try:
        match = resolve(f"/{path}", urlconf="masthead.conf.outlet_urls")
    except Resolver404 as error:
        raise NotForShelf(path) from error
    view = match.func
    if not isinstance(view, ReaderView) or not view.on_shelf:
        raise NotForShelf(path)
    given = dict(parse_qsl(query))
    params = {name: given[name] for name in view.params if given.get(name)}
    is_linked = view.is_linked or _is_linked
    # Another way to write the same query would be another place on the shelf. No value of ours has
    # a NUL, which PostgreSQL cannot even be asked about.
    if urlencode(params, quote_via=quote) != query or len(params) > 1 or "%00" in query:
        raise NotForShelf(path)
    if not all(is_linked(*each, sheet) for each in params.items()):
        raise NotForShelf(path)
    try:
        return view.print(Asking(sheet, now, variant, params), **match.kwargs)
    except PageMissing as error:
        raise NotForShelf(path) from error


def _is_linked(name: str, value: str, sheet: Sheet) -> bool:
    """
    Whether a page of ours can link there. What people make up is answered, but never kept: there
    is no end of it.
    """
    if name not in PLACES:
        return value.isdecimal() and str(int(value)) == value and value != "1"
    place = ListPlace.read(value)
    if place is None or str(place) != value:
        return False
    # A list page's own address names the place just above its first article.
    rows = {place.id, place.id - 1} if name == "before" else {place.id}
    there = PublishedArticle.objects.filter(pk__in=rows, published_at=place.at, outlet=sheet.id)
    return there.exists()


def _print_missing(place: Place, now: datetime, variant: Variant) -> Printed:
    """On the network's host, outside of every outlet, it is a plain one."""

    def build(asking: Asking) -> ReaderPage | Printed:
        return missing_outside(asking) if place.is_network else missing_page(sheet=asking.sheet)

    view = ReaderView(build, params=(), on_shelf=True)
    return view.print(Asking(place.sheet, now, variant))


@contextmanager
def in_force(sheet: Sheet) -> Iterator[None]:
    """The outlet's language, time zone and prefix, for everything rendered inside."""
    set_script_prefix(sheet.prefix + "/")
    zone = zoneinfo.ZoneInfo(sheet.timezone)
    try:
        with translation.override(sheet.language), timezone.override(zone):
            yield
    finally:
        set_script_prefix("/")
