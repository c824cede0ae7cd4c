"""Reads: how far the caches in front have been told."""

from django.db.models import F, Q, QuerySet

from masthead.press.models import NEVER, OuterCacheState
from masthead.press.outer.caches import outer_caches


def untold(*, machine: str | None = None) -> QuerySet[OuterCacheState]:
    """Those that there is something to tell."""
    behind = Q(told__lt=F("printed")) | Q(told_gone__lt=F("applied")) | Q(told=NEVER)
    found = OuterCacheState.objects.filter(behind, cache__in=[each.name for each in outer_caches()])
    return (found.filter(machine=machine) if machine else found).order_by("pk")


def is_any_untold() -> bool:
    return bool(outer_caches()) and untold().exists()


def failing_caches() -> list[str]:
    """A sentence for each that does not take what it is told; nothing secret in it."""
    names = [each.name for each in outer_caches()]
    failing = OuterCacheState.objects.filter(cache__in=names, failing_since__isnull=False)
    return [
        f"{state.cache} since {state.failing_since.isoformat()}: {state.trouble}"
        for state in failing.order_by("cache", "machine")
        if state.failing_since
    ]
