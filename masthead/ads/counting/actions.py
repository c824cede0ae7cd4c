"""Writes: what machines counted, events of other machines' tokens, forgetting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from masthead.ads.door import GOOD_SECONDS
from masthead.ads.door.tally import Batch, Key, Tally, What
from masthead.ads.models import CountedBatch, Creative, HourOfAds, StrayEvent
from masthead.outlets.models import Outlet

BATCHES_KEPT = timedelta(days=8)
STRAYS_KEPT = timedelta(seconds=GOOD_SECONDS + 3600)
_COLUMNS = "outlet_id, place, creative_id, hour, chances, offered, visible, clicked, refused"
_SUMS = ", ".join(
    f"{each.name.lower()} = ads_hourofads.{each.name.lower()} + excluded.{each.name.lower()}"
    for each in What
)
_ADD = (
    f"INSERT INTO ads_hourofads ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608 – our own columns
    " ON CONFLICT {where} DO UPDATE SET " + _SUMS
)
_OF_CREATIVE = _ADD.format(
    where="(outlet_id, place, creative_id, hour) WHERE creative_id IS NOT NULL"
)
_OF_PLACE = _ADD.format(where="(outlet_id, place, hour) WHERE creative_id IS NULL")


@dataclass(frozen=True)
class Added:
    """sums: by hour, in the order of What. left_out: events of what is no more."""

    sums: dict[int, list[int]]
    left_out: int


def hour_of(at: datetime) -> int:
    """In hours since 1970."""
    return int(at.timestamp()) // 3600


def take_batches(*, batches: Iterable[Batch], at: datetime) -> int:
    """
    Add what a machine counted; how many were new.

    One transaction with their names, so each counts once however often it is handed over. What
    was counted in an hour still to come, by a clock that was ahead, counts for this one.
    """
    given = {batch.name: batch for batch in batches}
    with transaction.atomic():
        rows = [CountedBatch(name=name, counted_at=at) for name in sorted(given)]
        known = set(
            CountedBatch.objects.filter(name__in=list(given))
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        new = [row for row in rows if row.name not in known]
        strays: list[StrayEvent] = []
        for row in new:
            tally = given[row.name].tally
            added = add_counts(counts=tally.counts, at=at)
            row.added, row.left_out = {str(k): v for k, v in added.sums.items()}, added.left_out
            strays += [
                StrayEvent(book=each.book, token=each.token, what=int(each.what), at=each.at)
                for each in tally.strays
            ]
        # Another machine has no batch of this name: a second worker of this one would fail here,
        # and add nothing.
        CountedBatch.objects.bulk_create(new)
        StrayEvent.objects.bulk_create(strays, batch_size=500, ignore_conflicts=True)
    return len(new)


def add_counts(*, counts: dict[Key, list[int]], at: datetime) -> Added:
    """
    Add sums to their hours. In the transaction of whoever knows that it is the first time.

    Those of outlets and creatives that are no more are left out.
    """
    outlets = _known(Outlet, {outlet for outlet, *_ in counts})
    creatives = _known(Creative, {creative for _, _, creative, _ in counts if creative})
    now = hour_of(at)
    sums: dict[int, list[int]] = {}
    kept = Tally()
    left_out = 0
    for (outlet, place, creative, hour), row in counts.items():
        if outlet not in outlets or (creative and creative not in creatives):
            left_out += sum(row)
            continue
        key = (outlet, place, creative, min(hour, now))
        kept.add_all(Tally({key: row}))
        total = sums.setdefault(key[3], [0] * len(What))
        for what, count in enumerate(row):
            total[what] += count
    _write(kept.counts)
    return Added(sums, left_out)


def _known(model: type[Outlet] | type[Creative], wanted: set[int]) -> set[int]:
    if not wanted:
        return set()
    return set(
        model._default_manager.filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True)
    )


def _write(counts: dict[Key, list[int]]) -> None:
    # Two machines in one order, so that they never wait for each other in a circle.
    rows = [
        (outlet, place, creative or None, hour, *row)
        for (outlet, place, creative, hour), row in sorted(counts.items())
    ]
    with connection.cursor() as cursor:
        for sql, some in (
            (_OF_PLACE, [row for row in rows if row[2] is None]),
            (_OF_CREATIVE, [row for row in rows if row[2] is not None]),
        ):
            if some:
                cursor.executemany(sql, some)


def forget_old(*, at: datetime) -> None:
    """
    Batches of more than eight days ago, and events that no machine came for.

    Hours are kept: invoices stand on them.
    """
    CountedBatch.objects.filter(counted_at__lt=at - BATCHES_KEPT).delete()
    StrayEvent.objects.filter(at__lt=int((at - STRAYS_KEPT).timestamp())).delete()


def fold_days(*, before: datetime, most: int) -> int:
    """
    Put the hours of days that ended long ago together, a row a day; how many days were folded.

    The day's sums stand in its first hour (UTC). One transaction a day, so it can be stopped at
    any time. most: days at once.
    """
    last = hour_of(before) // 24 * 24
    hours = (
        HourOfAds.objects.alias(of_day=F("hour") % 24)
        .filter(hour__lt=last, of_day__gt=0)
        .order_by("hour")
        .values_list("hour", flat=True)
    )
    folded = 0
    while folded < most and (hour := hours.first()) is not None:
        _fold(hour // 24 * 24)
        folded += 1
    return folded


def _fold(day: int) -> None:
    with transaction.atomic():
        rows = HourOfAds.objects.filter(hour__gt=day, hour__lt=day + 24)
        folded = Tally()
        columns = ("outlet_id", "place", "creative_id", *(each.name.lower() for each in What))
        for outlet, place, creative, *row in rows.order_by("pk").values_list(*columns):
            folded.add_all(Tally({(outlet, place, creative or 0, day): list(row)}))
        rows.delete()
        _write(folded.counts)
