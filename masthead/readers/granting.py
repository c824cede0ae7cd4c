"""Grants that come of something else than the newsroom's hand: a subscription, a gift, a group."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from masthead.readers.models import Benefit, Entitlement, Reader

Source = Entitlement.Source


def settle_grants(
    *,
    reader: Reader,
    source: Source,
    ref: str,
    benefits: Iterable[Benefit],
    starts_at: datetime,
    ends_at: datetime | None,
    at: datetime,
) -> None:
    """
    Make the grants of one source exactly these; said again, it changes nothing.

    ends_at: when all of them end; None: no end. One that should end by now ends now, and stays as
    history; one that never was in force goes.
    """
    wanted = set(benefits)
    with transaction.atomic():
        held = Entitlement.objects.select_for_update().filter(
            reader=reader, source=source, source_ref=ref
        )
        for grant in held:
            if Benefit(grant.benefit) not in wanted:
                _end(grant, at)
            else:
                _move(grant, starts_at, ends_at)
        known = {Benefit(grant.benefit) for grant in held}
        if ends_at is None or ends_at > starts_at:
            Entitlement.objects.bulk_create(
                [
                    Entitlement(
                        reader=reader,
                        benefit=benefit,
                        source=source,
                        source_ref=ref,
                        starts_at=starts_at,
                        ends_at=ends_at,
                    )
                    for benefit in sorted(wanted - known)
                ],
                ignore_conflicts=True,
            )


def end_grants(*, source: Source, ref: str, at: datetime, reader: Reader | None = None) -> None:
    """End all grants of one source now, or only one reader's."""
    grants = Entitlement.objects.filter(source=source, source_ref=ref)
    for grant in grants if reader is None else grants.filter(reader=reader):
        _end(grant, at)


def _move(grant: Entitlement, starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= grant.starts_at:
        grant.delete()
    elif grant.ends_at != ends_at:
        grant.ends_at = ends_at
        grant.save(update_fields=["ends_at"])


def _end(grant: Entitlement, at: datetime) -> None:
    if grant.ends_at is not None and grant.ends_at <= at:
        return
    if grant.starts_at >= at:
        grant.delete()
        return
    grant.ends_at = at
    grant.save(update_fields=["ends_at"])
