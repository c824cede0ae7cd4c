"""Reads: sheets by slug or host, moved addresses, the network's name."""

import json
from functools import lru_cache

from django.db.models import F, TextField
from django.db.models.functions import Cast
from wagtail.models import Page

from masthead.core.prepared import Prepared
from masthead.outlets.models import FormerSlug, Outlet, OutletSheet, PathMove
from masthead.outlets.sheet import Sheet

MOST_READ = 512  # sheets, in either form; some 20 KB each


def find_sheet(*, slug: str) -> Sheet | None:
    """The outlet in path form, e.g. /courier/ on the network's own host."""
    row = OutletSheet.objects.filter(slug=slug).first()
    return Sheet.from_row(row.data, prefix=f"/{slug}") if row else None


def find_sheet_by_host(host: str) -> Sheet | None:
    row = OutletSheet.objects.filter(outlet__domains__host=host).first()
    return Sheet.from_row(row.data, prefix="") if row else None


def find_slug_today(*, former: str) -> str | None:
    """The slug that an outlet readers can see has now, by one it had before."""
    left = FormerSlug.objects.filter(slug=former, outlet__sheet__isnull=False)
    slug: str | None = left.values_list("outlet__sheet__slug", flat=True).first()
    return slug


def get_sheet(*, outlet_id: int) -> Sheet:
    """
    The sheet of an outlet for use without a request: links as on its canonical address.

    Raises OutletSheet.DoesNotExist.
    """
    row = OutletSheet.objects.get(outlet_id=outlet_id)
    return Sheet.from_row(row.data, prefix="" if row.data.get("hosts") else f"/{row.slug}")


def find_sheet_of(*, outlet_id: int) -> Sheet | None:
    """As `get_sheet`; None for an outlet that readers cannot see."""
    try:
        return get_sheet(outlet_id=outlet_id)
    except OutletSheet.DoesNotExist:
        return None


def slugs_behind() -> bool:
    """Whether a sheet still stands under an outlet's former slug. One query."""
    return Outlet.objects.live().exclude(sheet__slug=F("slug")).exists()


def sheets() -> list[Sheet]:
    """Every outlet, in the network's order, in path form. One query."""
    return [_read(data, prefix=f"/{slug}") for slug, data in _stored.rows()]


def canonical_sheets() -> list[Sheet]:
    """Every outlet, in the network's order, as on its canonical address. One query."""
    own = ((_read(data, prefix=""), slug, data) for slug, data in _stored.rows())
    return [sheet if sheet.hosts else _read(data, prefix=f"/{slug}") for sheet, slug, data in own]


_stored: Prepared[tuple[str, str]] = Prepared(
    lambda: (
        OutletSheet.objects.order_by("sort_order", "pk")
        .annotate(text=Cast("data", TextField()))
        .values_list("slug", "text")
    )
)


@lru_cache(maxsize=MOST_READ)
def _read(data: str, *, prefix: str) -> Sheet:
    """By its very text, so that a sheet of a moment ago is never taken for today's."""
    return Sheet.from_row(json.loads(data), prefix=prefix)


def find_moved_url(*, sheet: Sheet, path: str) -> str | None:
    """Where an address that moved leads: for the host being asked, absolute in another outlet."""
    move = _find_move(sheet, path)
    if move is None:
        return None
    new_path = move.new_path + path[len(move.old_path) :]
    if move.to_outlet_id is None:
        return sheet.url(new_path)
    there = find_sheet_of(outlet_id=move.to_outlet_id)
    return there.absolute(new_path) if there else None


def _find_move(sheet: Sheet, path: str) -> PathMove | None:
    parts = path.strip("/").split("/")
    ancestors = ["/".join(parts[:count]) + "/" for count in range(len(parts), 0, -1)]
    moves = {
        move.old_path: move
        for move in PathMove.objects.filter(outlet_id=sheet.id, old_path__in=ancestors)
    }
    for move in (moves[old] for old in ancestors if old in moves):
        # What moved below itself would send a missing path round in ever longer circles.
        if move.to_outlet_id is not None or not move.new_path.startswith(move.old_path):
            return move
    return None


def outlet_of(page: Page) -> Outlet:
    """The outlet a page belongs to: the second step of its tree path."""
    return Outlet.objects.get(path=page.path[: 2 * Page.steplen])


def find_outlet_of(page: Page) -> Outlet | None:
    """As `outlet_of`; None for the network itself."""
    return Outlet.objects.filter(path=page.path[: 2 * Page.steplen]).first()


def find_outlet_before(outlet: Outlet, *, before: str, after: str) -> Outlet | None:
    """
    The outlet that a page, now of `outlet`, belonged to at an earlier address; mostly the same.

    before, after: as Wagtail writes them, e.g. "/courier/port/night-trial/".
    """
    slug = before.split("/")[1]
    if slug == after.split("/")[1]:
        return outlet
    return Outlet.objects.filter(slug=slug).first()
