"""What an outlet offers to its readers, carried by its sheet so that a page needs no query."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from masthead.newsletters.models import Newsletter
from masthead.outlets.actions import write_sheets
from masthead.outlets.sheet import Sheet

SUPPLEMENT = "newsletters"


def open_newsletters() -> QuerySet[Newsletter]:
    """Those that readers can join."""
    return Newsletter.objects.filter(offered=True, closed_at=None)


def supplement(outlet_id: int) -> dict[str, Any]:
    """For the outlet's sheet: {"offered": [{"id", "name", "promise", "slug"}]}; empty: none."""
    offered = open_newsletters().filter(outlet=outlet_id).order_by("order", "pk")
    rows = [
        {"id": str(each.public_id), "name": each.name, "promise": each.promise, "slug": each.slug}
        for each in offered
    ]
    return {"offered": rows} if rows else {}


def offered_by(sheet: Sheet) -> list[dict[str, str]]:
    offered: list[dict[str, str]] = sheet.supplements.get(SUPPLEMENT, {}).get("offered", [])
    return offered


def tell_pages(*, at: datetime) -> None:
    """Call after a newsletter was made, renamed, offered or closed: pages are printed anew."""
    write_sheets(at=at)
