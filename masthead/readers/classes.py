"""
What readers may have as one value that doors go by: their benefits now, and until when.

A browser in which somebody bought without signing in has proved nothing about whose the address
is. Its cookie names the purchase, and what that has come to is all it stands for.
"""

from collections.abc import Callable, Collection
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


@dataclass(frozen=True)
class Bought:
    """
    What a purchase stands for. source, ref: of the grants that came of it. reader_id: whose they
    are. benefits: what was bought; nothing beyond that, whatever it has become since.
    """

    reader_id: int
    source: str
    ref: str
    benefits: frozenset[Benefit]


# By the purchases' public ids; whatever is none, or came to nothing, is left out.
Find = Callable[[Collection[UUID]], dict[UUID, Bought]]
_finds: list[Find] = []


def register_purchases(find: Find) -> None:
    """Say what purchases stand for; call from `apps.ready()`."""
    if find not in _finds:
        _finds.append(find)


def note_purchase(*, public_id: UUID, at: datetime) -> None:
    """As `note_benefits`, for the browser in which it was bought."""
    note_change(keys=[keys.purchase(public_id)], at=at)


def purchase_standings(*, public_ids: Collection[UUID], at: datetime) -> dict[UUID, Standing]:
    """Of each that is asked for; what came to nothing has nothing. One query, and each finder's."""
    bought = {of: what for find in _finds for of, what in find(public_ids).items()}
    grants: dict[UUID, list[tuple[Any, ...]]] = {each: [] for each in public_ids}
    rows = Entitlement.objects.filter(source_ref__in={each.ref for each in bought.values()})
    for row in rows.values_list(
        "reader", "source", "source_ref", "benefit", "starts_at", "ends_at"
    ):
        for of, what in bought.items():
            is_of_it = (what.reader_id, what.source, what.ref) == row[:3]
            if is_of_it and row[3] in what.benefits:
                grants[of].append(row[3:])
    return {of: _standing(mine, at) for of, mine in grants.items()}


def _standing(grants: list[tuple[Any, ...]], at: datetime) -> Standing:
    """Over at the first beginning or end of any of them."""
    have, until = set(), at + GOOD_FOR
    for benefit, starts_at, ends_at in grants:
        if starts_at <= at and (ends_at is None or ends_at > at):
            have.add(Benefit(benefit))
        until = min([until, *(each for each in (starts_at, ends_at) if each and each > at)])
    return Standing(frozenset(have), until)
