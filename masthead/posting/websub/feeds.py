"""Which addresses are feeds of ours, and what is in them."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import timezone

from masthead.outlets.page import PageMissing
from masthead.press.asking import Asking
from masthead.press.places import FEEDS, Place, find_place
from masthead.press.printing import in_force
from masthead.press.reader_view import ReaderView
from masthead.press.render import Printed


class NoSuchFeed(Exception):
    """Nothing is, or is any more, published at this address."""


def find_feed_place(url: str) -> Place | None:
    """Whether an address has the form of a feed of ours; nothing is built for that."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.query or parts.fragment or parts.path.rpartition("/")[2] not in FEEDS:
        return None
    place = find_place(host=host, path=parts.path)
    return place if place and place.sheet.absolute(place.path) == url else None


def print_feed(url: str) -> Printed:
    """The very bytes that readers' programs are given there. Raises NoSuchFeed."""
    place = find_feed_place(url)
    if place is None:
        raise NoSuchFeed(url)
    try:
        match = resolve(f"/{place.path}", urlconf="masthead.conf.outlet_urls")
        if not isinstance(match.func, ReaderView):
            raise NoSuchFeed(url)
        with in_force(place.sheet):
            return match.func.print(Asking(place.sheet, timezone.now()), **match.kwargs)
    except (Resolver404, PageMissing) as missing:
        raise NoSuchFeed(url) from missing
