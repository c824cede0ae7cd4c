"""Reads: whether the report says what the batches said."""

from collections.abc import Iterable, Mapping

from django.db.models import Sum

from masthead.ads.door.tally import Batch, What
from masthead.ads.models import CountedBatch, HourOfAds, Place

_NAMES = [each.name.lower() for each in What]


def differences(*, first_hour: int, last_hour: int) -> dict[int, list[int]]:
    """
    By hour, how much more the report has than the machines handed over, in the order of What.

    Empty when all of it reconciles. A deleted creative takes its counts along, so they are missing
    here. Newsletters are counted elsewhere. Hours: since 1970, both included; batches are kept for
    eight days.
    """
    told = _told(first_hour, last_hour)
    found: dict[int, list[int]] = {}
    for hour, reported in _reported(first_hour, last_hour).items():
        said = told.pop(hour, [0] * len(What))
        found[hour] = [more - less for more, less in zip(reported, said, strict=True)]
    found |= {hour: [-each for each in said] for hour, said in told.items()}
    return {hour: row for hour, row in sorted(found.items()) if any(row)}


def known_batches(batches: Iterable[Batch]) -> set[str]:
    """The names of those that were added already."""
    found = CountedBatch.objects.filter(name__in=[batch.name for batch in batches])
    return set(found.order_by("pk").values_list("pk", flat=True))


def _reported(first_hour: int, last_hour: int) -> Mapping[int, list[int]]:
    rows = (
        HourOfAds.objects.filter(hour__gte=first_hour, hour__lte=last_hour)
        .exclude(place=Place.NEWSLETTER)
        .values("hour")
        .annotate(**{f"all_{name}": Sum(name) for name in _NAMES})
        .order_by("hour")
    )
    columns = [f"all_{name}" for name in _NAMES]
    return {hour: list(row) for hour, *row in rows.values_list("hour", *columns)}


def _told(first_hour: int, last_hour: int) -> dict[int, list[int]]:
    told: dict[int, list[int]] = {}
    batches = CountedBatch.objects.order_by("pk").values_list("added", flat=True)
    for added in batches.iterator(chunk_size=2_000):
        for text, row in added.items():
            if first_hour <= int(text) <= last_hour:
                total = told.setdefault(int(text), [0] * len(What))
                for what, count in enumerate(row):
                    total[what] += count
    return told
