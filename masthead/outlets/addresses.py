"""Where pages are: canonical bases, paths below an outlet, links that move with their target."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from masthead.outlets.models import Outlet
from masthead.outlets.sheet import Sheet

INSIDE_LINK = re.compile(r'href="outlet:([^/"]+)/([^"]*)"')


def base_of(outlet: Outlet) -> str:
    """The canonical address of an outlet, without a slash at the end."""
    first = outlet.domains.first()
    if first is None:
        return f"{settings.NETWORK_URL}/{outlet.slug}"
    return f"{urlsplit(settings.NETWORK_URL).scheme}://{first.host}"


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
