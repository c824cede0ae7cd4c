"""An outlet's rules for its members' articles, as pages know them: from the sheet, no query."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from masthead.memberships.models import ReadingRules
from masthead.outlets.actions import write_sheets
from masthead.outlets.models import Outlet
from masthead.outlets.sheet import Sheet
from masthead.press.crawlers import SUPPLEMENT

MOST_FREE, MOST_LINKS, MOST_DAYS = 30, 100, 365


@dataclass(frozen=True)
class Rules:
    """See `ReadingRules`."""

    free_a_month: int = 0
    links_a_month: int = 0
    link_days: int = 14
    crawlers: tuple[str, ...] = ()


def rules_of(sheet: Sheet) -> Rules:
    said = sheet.supplements.get(SUPPLEMENT, {})
    return Rules(**{**said, "crawlers": tuple(said.get("crawlers", ()))})


def build_supplement(outlet_id: int) -> dict[str, Any]:
    """Nothing where nothing is allowed."""
    row = ReadingRules.objects.filter(outlet_id=outlet_id).first()
    if row is None or not (row.free_a_month or row.links_a_month or row.crawlers):
        return {}
    return {name: getattr(row, name) for name in asdict(Rules())}


def set_reading_rules(
    *,
    outlet: Outlet,
    free_a_month: int,
    links_a_month: int,
    link_days: int,
    crawlers: Sequence[str],
    at: datetime,
) -> None:
    """One write transaction; the outlet's pages are printed anew."""
    with transaction.atomic():
        ReadingRules.objects.update_or_create(
            outlet=outlet,
            defaults={
                "free_a_month": free_a_month,
                "links_a_month": links_a_month,
                "link_days": link_days,
                "crawlers": sorted(crawlers),
            },
        )
        write_sheets(at=at)
