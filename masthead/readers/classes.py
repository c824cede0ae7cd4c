"""What readers may have as one value that doors go by: their benefits now, and until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.readers.models import Benefit, Entitlement, Reader

GOOD_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """benefits: at the moment asked for. until: when that may be over, a day later at most."""

    benefits: frozenset[Benefit]
    until: datetime


def note_benefits(*, reader: Reader, at: datetime) -> None:
    """
    Say that what a reader may have is another now; call in the transaction that makes it so.

    Every door of every machine heeds it within two seconds of its commit, on all outlets.
    """
    note_change(keys=[keys.reader(reader.public_id)], at=at)


def standing_of(*, reader: Reader, at: datetime) -> Standing:
    """One query."""
    return standings(public_ids=[reader.public_id], at=at)[reader.public_id]


def standings(*, public_ids: Collection[UUID], at: datetime) -> dict[UUID, Standing]:
    """Of each that is asked for; whoever is not there any more has nothing. One query."""
    rows = Entitlement.objects.filter(reader__public_id__in=public_ids).values_list(
        "reader__public_id", "benefit", "starts_at", "ends_at"
    )
    grants: dict[UUID, list[tuple[Any, ...]]] = {each: [] for each in public_ids}
    for public_id, *grant in rows:
        grants[public_id].append(tuple(grant))
    return {public_id: _standing(mine, at) for public_id, mine in grants.items()}


def _standing(grants: list[tuple[Any, ...]], at: datetime) -> Standing:
    """Over at the first beginning or end of any of them."""
    have, until = set(), at + GOOD_FOR
    for benefit, starts_at, ends_at in grants:
        if starts_at <= at and (ends_at is None or ends_at > at):
            have.add(Benefit(benefit))
        until = min([until, *(each for each in (starts_at, ends_at) if each and each > at)])
    return Standing(frozenset(have), until)
