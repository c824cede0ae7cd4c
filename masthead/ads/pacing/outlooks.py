"""The hour's forecast: of each place that was counted, from the weeks before; and reading it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime

from django.db import transaction

from masthead.ads.models import HourOfAds, Outlook, Place
from masthead.ads.pacing.chances import Cell
from masthead.ads.pacing.curves import HOUR, WEEK_HOURS, WEEKS_KEPT, Curve, curves_of
from masthead.outlets.models import Outlet

ON_PAGES = [place.value for place in Place if place != Place.NEWSLETTER]


def look_ahead(*, at: datetime) -> int:
    """
    Make the forecasts anew from all hours that are over; answers of how many places.

    A query of some weeks for each outlet, one transaction. Newsletters have none: an edition is no
    hour.
    """
    until = int(at.timestamp()) // HOUR
    made: list[Outlook] = []
    for outlet, zone in Outlet.objects.order_by("pk").values_list("pk", "timezone"):
        curves = curves_of(_counted(outlet, until), until=until, zone=zone)
        made += [_outlook((outlet, place), curves[place], at) for place in sorted(curves)]
    with transaction.atomic():
        Outlook.objects.all().delete()
        Outlook.objects.bulk_create(made)
    return len(made)


def _counted(outlet: int, until: int) -> dict[str, dict[int, int]]:
    """Chances of its places by hour."""
    counted: dict[str, dict[int, int]] = defaultdict(dict)
    rows = HourOfAds.objects.filter(
        outlet=outlet,
        creative=None,
        hour__gte=until - WEEKS_KEPT * WEEK_HOURS,
        hour__lt=until,
        place__in=ON_PAGES,
    ).order_by("hour", "pk")
    for place, hour, chances in rows.values_list("place", "hour", "chances"):
        counted[place][hour] = chances
    return counted


def _outlook(cell: Cell, curve: Curve, at: datetime) -> Outlook:
    return Outlook(
        outlet_id=cell[0],
        place=cell[1],
        hours=[float(f"{each:.4g}") for each in curve.hours],
        growth=curve.growth,
        since=datetime.fromtimestamp(curve.since, tz=UTC),
        made_at=at,
    )


def curves_now(outlets: Collection[int] | None = None) -> dict[Cell, Curve]:
    """What is expected, by outlet and place. One query. outlets: None for all."""
    rows = Outlook.objects.order_by("outlet", "place")
    if outlets is not None:
        rows = rows.filter(outlet__in=outlets)
    return {
        (each.outlet_id, each.place): Curve(
            tuple(each.hours), each.outlet.timezone, each.since.timestamp(), each.growth
        )
        for each in rows.select_related("outlet").only(
            "outlet__timezone", "place", "hours", "growth", "since"
        )
    }
