"""What an outlet offers to its readers, carried by its sheet so that a page needs no query."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from masthead.memberships.offers import plans_with
from masthead.newsletters.models import Newsletter
from masthead.outlets.actions import write_sheets
from masthead.outlets.sheet import Sheet

SUPPLEMENT = "newsletters"


class Offered(NamedTuple):
    """members: whether it is for members only; plans: names of those that include it then."""

    id: str
    name: str
    promise: str
    slug: str
    members: bool = False
    plans: tuple[str, ...] = ()


def open_newsletters() -> QuerySet[Newsletter]:
    """Those that readers can join."""
    return Newsletter.objects.filter(offered=True, closed_at=None)


def supplement(outlet_id: int) -> dict[str, Any]:
    """
    For the outlet's sheet: {"offered": [{"id", "name", "promise", "slug", "members"}]}, the last
    for members' newsletters only; empty: none.
    """
    offered = open_newsletters().filter(outlet=outlet_id).order_by("order", "pk")
    rows = [
        {"id": str(each.public_id), "name": each.name, "promise": each.promise, "slug": each.slug}
        | ({"members": True} if each.for_members else {})
        for each in offered
    ]
    return {"offered": rows} if rows else {}


def offered_by(sheet: Sheet) -> tuple[Offered, ...]:
    """No query."""
    rows: list[dict[str, Any]] = sheet.supplements.get(SUPPLEMENT, {}).get("offered", [])
    return tuple(
        Offered(**row, plans=tuple(plans_with(row["id"], sheet=sheet)) if "members" in row else ())
        for row in rows
    )


def tell_pages(*, at: datetime) -> None:
    """Call after a newsletter was made, renamed, offered or closed: pages are printed anew."""
    write_sheets(at=at)
