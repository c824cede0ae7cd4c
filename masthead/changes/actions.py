"""Writes: noting a change, forgetting old ones."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from masthead.changes.followers import follow_after_commit
from masthead.changes.models import Change

CHANNEL = "masthead_changes"  # PostgreSQL: whoever prints listens here
_LOCK = 7_305_115_301  # an arbitrary number that nothing else locks


def note_change(*, keys: Iterable[str] = (), gone: Iterable[str] = (), at: datetime) -> int | None:
    """
    Say that what is shown under these keys is another now. Answers the change's number.

    Part of the open transaction: it counts when that commits and never happened when it is rolled
    back. Two writers wait for each other here until commit, so that numbers have no gap.

    gone: pages that show one of these must not be served again, not even for a moment.
    """
    wanted, lost = sorted(set(keys)), sorted(set(gone))
    if not wanted and not lost:
        return None
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        number = (Change.objects.aggregate(newest=Max("number"))["newest"] or 0) + 1
        Change.objects.create(number=number, keys=wanted, gone=lost, noted_at=at)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(number)])
        follow_after_commit()
    return number


def forget_changes(*, before: datetime) -> int:
    """Drop what everybody has long followed. The newest stays: numbers go on from it."""
    newest = Change.objects.aggregate(newest=Max("number"))["newest"] or 0
    count, _ = Change.objects.filter(noted_at__lt=before, number__lt=newest).delete()
    return count
