"""What every page of an outlet shares: its address, and the addresses it may not have."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

# First path segments that belong to the program on every host.
RESERVED = frozenset({"desk", "account", "assets", "media", "-"})
# What stands beside the outlets on the network's own host.
RESERVED_BESIDE = RESERVED | {"search"}
# First segments below an outlet that are not sections.
RESERVED_BELOW = RESERVED | {
    "topics",
    "authors",
    "archive",
    "feeds",
    "search",
    "oembed",
    "api",
    "newsletters",
    "readers",
    "comments",
    "membership",
    "advertise",
}


def outlet_url_parts(page: Page) -> tuple[int, str, str] | None:
    """Wagtail's (site id, root address, path) from the outlet's canonical base."""
    from masthead.outlets.addresses import base_of, path_below
    from masthead.outlets.queries import outlet_of

    if not page.url_path or not page.path:
        return None
    base = urlsplit(getattr(page, "known_base", "") or base_of(outlet_of(page)))
    return 0, f"{base.scheme}://{base.netloc}", f"{base.path}/{path_below(page.url_path)}"


def refuse_reserved_slug(page: Page, *, taken: frozenset[str] = RESERVED_BELOW) -> None:
    """An outlet called “desk” could never be reached, nor a section called “search”."""
    if page.slug in taken:
        words = _("“%(slug)s” is an address of the program itself; choose another.")
        raise ValidationError({"slug": words % {"slug": page.slug}})
