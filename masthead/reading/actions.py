"""Writes: reads that a machine counted, the ranking, forgetting."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from masthead.articles.models import PublishedArticle
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.reading.models import HourOfReads, MostRead, TakenBatch
from masthead.reading.queries import outlets_read, ranking, stored_ranking

KEPT_DAYS = 8
_ADD = """
    INSERT INTO reading_hourofreads (published_id, hour, reads) VALUES (%s, %s, %s)
    ON CONFLICT (published_id, hour)
    DO UPDATE SET reads = reading_hourofreads.reads + excluded.reads
"""


class AlreadyTaken(Exception):
    """The batch has been counted before."""


def hour_of(at: datetime) -> int:
    """In hours since 1970."""
    return int(at.timestamp()) // 3600


def take_batch(*, name: str, reads: Mapping[tuple[int, int], int], at: datetime) -> None:
    """
    Add what a machine counted. One transaction with the batch's name, so it counts once however
    often it is handed over.

    reads: by the row of a public address, and hour since 1970. Addresses that are no more, and
    hours that are forgotten or still to come, are left out.
    Raises AlreadyTaken.
    """
    first, last = hour_of(at - timedelta(days=KEPT_DAYS)), hour_of(at) + 1
    with transaction.atomic():
        _, is_new = TakenBatch.objects.get_or_create(name=name, defaults={"taken_at": at})
        if not is_new:
            raise AlreadyTaken(name)
        known = set(
            PublishedArticle.objects.filter(pk__in={row for row, _ in reads})
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        rows = [
            (published, hour, count)
            for (published, hour), count in sorted(reads.items())  # two machines in one order
            if published in known and first < hour <= last
        ]
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)


def rank_outlets(*, at: datetime) -> list[int]:
    """Work out what is read most on each outlet; answers those where it is another list now."""
    hour = hour_of(at)
    return [outlet for outlet in outlets_read(hour=hour) if _rank(outlet, hour=hour, at=at)]


def _rank(outlet_id: int, *, hour: int, at: datetime) -> bool:
    found = ranking(outlet_id=outlet_id, hour=hour)
    if found == stored_ranking(outlet_id=outlet_id):
        return False
    with transaction.atomic():
        MostRead.objects.filter(outlet=outlet_id).delete()
        MostRead.objects.bulk_create(
            MostRead(outlet_id=outlet_id, published_id=published, place=place)
            for place, published in enumerate(found)
        )
        note_change(keys=[keys.most_read(outlet_id)], at=at)
    return True


def forget_reads(*, at: datetime) -> None:
    """Reads and batches of more than eight days ago."""
    before = at - timedelta(days=KEPT_DAYS)
    HourOfReads.objects.filter(hour__lte=hour_of(before)).delete()
    TakenBatch.objects.filter(taken_at__lt=before).delete()
