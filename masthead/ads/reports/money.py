"""Money: what was earned with flights, month by month; by advertiser, outlet and flight."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import F, Sum

from masthead.ads.models import Flight, HourOfAds, Pricing
from masthead.ads.reports.periods import day_of
from masthead.ads.selling.money import delivered_cents

Month = tuple[int, int]  # year, month
Counts = tuple[int, int]  # views, clicks


@dataclass(frozen=True)
class Earned:
    """One flight on one outlet in one month. outlet: None for what was shown nowhere yet."""

    month: Month
    flight: Flight
    outlet: int | None
    views: int
    clicks: int
    cents: int

    @property
    def begins(self) -> date:
        return date(*self.month, 1)


def earned(flights: Sequence[Flight], *, at: datetime) -> list[Earned]:
    """
    The newest month first, then by flight and outlet. One query.

    By what was counted, never more than what was ordered: nobody pays for more. A flat price is
    earned day by day from the first to the last. What a month earned is what all was worth at its
    end less what it was worth at its beginning, so months add up to the invoice to the cent.
    """
    counted = _counted([each.pk for each in flights])
    rows = [row for each in flights for row in _of_flight(each, counted.get(each.pk, {}), at)]
    return sorted(rows, key=lambda row: (*(-n for n in row.month), row.flight.pk, row.outlet or 0))


def _counted(flights: Iterable[int]) -> dict[int, dict[Month, dict[int, Counts]]]:
    rows = (
        HourOfAds.objects.filter(creative__flight__in=list(flights))
        .annotate(day=F("hour") / 24)
        .values("creative__flight", "outlet", "day")
        .annotate(v=Sum("visible"), c=Sum("clicked"))
        .order_by("day")
    )
    found: dict[int, dict[Month, dict[int, Counts]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        day = day_of(row["day"])
        of_month = found[row["creative__flight"]][day.year, day.month]
        views, clicks = of_month.get(row["outlet"], (0, 0))
        of_month[row["outlet"]] = (views + row["v"], clicks + row["c"])
    return found


def _of_flight(
    flight: Flight, counted: Mapping[Month, Mapping[int, Counts]], at: datetime
) -> list[Earned]:
    if not flight.amount_cents:
        return []
    views = clicks = worth = 0
    found = []
    for month in sorted({*counted, *_months_of(flight, at)}):
        here = counted.get(month, {})
        views += sum(each[0] for each in here.values())
        clicks += sum(each[1] for each in here.values())
        now = _worth(flight, views, clicks, until=min(_end_of(month), at))
        found += _by_outlet(flight, month, here, now - worth)
        worth = now
    return found


def _worth(flight: Flight, views: int, clicks: int, *, until: datetime) -> int:
    """In cents, of all that was delivered until then."""
    if flight.pricing == Pricing.FLAT:
        if flight.ends_at is None or until >= flight.ends_at:
            return flight.amount_cents
        whole = (flight.ends_at - flight.starts_at).total_seconds()
        past = max(0.0, (until - flight.starts_at).total_seconds())
        return round(flight.amount_cents * past / whole)
    return delivered_cents(flight, views=views, clicks=clicks)


def _by_outlet(
    flight: Flight, month: Month, counts: Mapping[int, Counts], cents: int
) -> list[Earned]:
    """Divided by views, or clicks where those are paid; the last one gets what is left."""
    place = 1 if flight.pricing == Pricing.CPC else 0
    whole = sum(each[place] for each in counts.values())
    if not whole:
        if not cents and not counts:
            return []
        outlet = next(iter(sorted(counts)), None)
        views, clicks = counts.get(outlet, (0, 0)) if outlet is not None else (0, 0)
        return [Earned(month, flight, outlet, views, clicks, cents)]
    found, left = [], cents
    for number, (outlet, each) in enumerate(sorted(counts.items())):
        is_last = number == len(counts) - 1
        part = left if is_last else cents * each[place] // whole
        left -= part
        found.append(Earned(month, flight, outlet, *each, part))
    return found


def _months_of(flight: Flight, at: datetime) -> list[Month]:
    """In which a flat price is earned, whether or not anything was shown."""
    if flight.pricing != Pricing.FLAT or flight.starts_at > at:
        return []
    last = min(at, flight.ends_at) if flight.ends_at else at
    year, month = flight.starts_at.year, flight.starts_at.month
    found = []
    while (year, month) <= (last.year, last.month):
        found.append((year, month))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _end_of(month: Month) -> datetime:
    year, number = month
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)


def by_currency(rows: Iterable[Earned]) -> dict[str, int]:
    """Sums in cents; each campaign has one currency, a network may have several."""
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[row.flight.campaign.currency] += row.cents
    return dict(sorted(sums.items()))
