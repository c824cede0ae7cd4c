"""Reads: sheets by slug or host, moved addresses, the network's name."""

from django.conf import settings
from wagtail.models import Page

from masthead.outlets.models import Outlet, OutletSheet, PathMove
from masthead.outlets.sheet import Sheet


def network_name() -> str:
    """The tree's root page carries it."""
    root = Page.objects.filter(depth=1).only("title").first()
    named = root.title if root and root.title != "Root" else ""
    return named or settings.OPERATOR["network_name"] or "Masthead"


def find_sheet(*, slug: str) -> Sheet | None:
    """The outlet in path form, e.g. /courier/ on the network's own host."""
    row = OutletSheet.objects.filter(slug=slug).first()
    return Sheet.from_row(row.data, prefix=f"/{slug}") if row else None


def find_sheet_by_host(host: str) -> Sheet | None:
    row = OutletSheet.objects.filter(outlet__domains__host=host).first()
    return Sheet.from_row(row.data, prefix="") if row else None


def get_sheet(*, outlet_id: int, prefix: str | None = None) -> Sheet:
    """The sheet of an outlet for use without a request. Raises OutletSheet.DoesNotExist."""
    row = OutletSheet.objects.get(outlet_id=outlet_id)
    sheet = Sheet.from_row(row.data, prefix=f"/{row.slug}")
    if prefix is None and not sheet.base.endswith(f"/{row.slug}"):
        return Sheet.from_row(row.data, prefix="")
    return Sheet.from_row(row.data, prefix=prefix) if prefix is not None else sheet


def find_sheet_of(*, outlet_id: int) -> Sheet | None:
    """As `get_sheet`; None for an outlet that readers cannot see."""
    try:
        return get_sheet(outlet_id=outlet_id)
    except OutletSheet.DoesNotExist:
        return None


def sheets() -> list[Sheet]:
    """Every outlet, in the network's order, in path form."""
    rows = OutletSheet.objects.order_by("sort_order", "pk")
    return [Sheet.from_row(row.data, prefix=f"/{row.slug}") for row in rows]


def find_moved(*, sheet: Sheet, path: str) -> str | None:
    """The new path for an address that moved, by the longest part of it that did."""
    parts = path.strip("/").split("/")
    ancestors = ["/".join(parts[:count]) + "/" for count in range(len(parts), 0, -1)]
    moves = {
        move.old_path: move.new_path
        for move in PathMove.objects.filter(outlet_id=sheet.id, old_path__in=ancestors)
    }
    for old in ancestors:
        # What moved below itself would send a missing path round in ever longer circles.
        if old in moves and not moves[old].startswith(old):
            return moves[old] + path[len(old) :]
    return None


def outlet_of(page: Page) -> Outlet:
    """The outlet a page belongs to: the second step of its tree path."""
    return Outlet.objects.get(path=page.path[: 2 * Page.steplen])
