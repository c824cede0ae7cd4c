"""Where pages are: canonical bases, paths below an outlet, links that move with their target."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page

from masthead.outlets.models import Domain, Outlet
from masthead.outlets.sheet import Sheet

INSIDE_LINK = re.compile(r'href="outlet:([^/"]+)/([^"]*)"')


def base_of(outlet: Outlet) -> str:
    """The canonical address of an outlet, without a slash at the end."""
    first = outlet.domains.first()
    return _base(outlet.slug, first.host if first else "")


def _base(slug: str, host: str) -> str:
    if not host:
        return f"{settings.NETWORK_URL}/{slug}"
    return f"{urlsplit(settings.NETWORK_URL).scheme}://{host}"


def note_bases(pages: Iterable[Any]) -> None:
    """
    Write on each page of a list the base of its outlet, `known_base`, so that no row asks for it.

    Two queries, however many there are.
    """
    listed = list(pages)
    tops = {page.path[: 2 * Page.steplen] for page in listed}
    outlets = list(Outlet.objects.filter(path__in=tops).only("path", "slug"))
    named = Domain.objects.filter(outlet__in=outlets).order_by("-sort_order", "-pk")
    hosts = dict(named.values_list("outlet", "host"))  # the first one is written last
    bases = {each.path: _base(each.slug, hosts.get(each.pk, "")) for each in outlets}
    for page in listed:
        page.known_base = bases.get(page.path[: 2 * Page.steplen], "")


def address_below(parent: Page) -> str:
    """Where the pages below this one are, without a slash at the end; of the network as well."""
    outlet = Outlet.objects.filter(path=parent.path[: 2 * Page.steplen]).first()
    if outlet is None:
        return settings.NETWORK_URL
    return f"{base_of(outlet)}/{path_below(parent.url_path)}".rstrip("/")


def hub_url() -> str:
    """Where programs ask to be told of new articles in a feed (WebSub)."""
    return f"{settings.NETWORK_URL}/-/hub"


def path_below(url_path: str) -> str:
    """Wagtail's "/courier/port/night-trial/" as the path below the outlet, "port/night-trial/"."""
    return url_path.lstrip("/").partition("/")[2]


def inside_link(*, url_path: str) -> str:
    """The stored form of a link to a page of the network: `outlet:courier/port/night-trial/`."""
    return f"outlet:{url_path.lstrip('/')}"


def resolve_inside_links(html: str, *, sheet: Sheet, absolute: bool = False) -> str:
    """Turn stored inside links into addresses; `absolute` for feeds and mail."""
    bases = {sister.slug: sister.base for sister in sheet.sisters}
    bases[sheet.slug] = sheet.base if absolute else sheet.prefix

    def address(match: re.Match[str]) -> str:
        slug, path = match[1], match[2].lstrip("/")
        return f'href="{bases.get(slug, sheet.network_base + "/" + slug)}/{path}"'

    return INSIDE_LINK.sub(address, html) if 'href="outlet:' in html else html
