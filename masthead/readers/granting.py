"""Grants that come of something else than the newsroom's hand: a subscription, a gift, a group."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from masthead.readers.benefits import Granted
from masthead.readers.classes import note_benefits
from masthead.readers.models import Benefit, Entitlement, Reader

Source = Entitlement.Source


def settle_grants(
    *,
    reader: Reader,
    source: Source,
    ref: str,
    benefits: Iterable[Granted],
    starts_at: datetime,
    ends_at: datetime | None,
    at: datetime,
) -> bool:
    """
    Make the grants of one source exactly these; said again, it changes nothing.

    Answers whether it changed anything.

    ends_at: when all of them end; None: no end. One that should end by now ends now, and stays as
    history; one that never was in force goes.
    """
    wanted = set(benefits)
    with transaction.atomic():
        held = Entitlement.objects.select_for_update().filter(
            reader=reader, source=source, source_ref=ref
        )
        is_other = False
        for grant in held:
            if _what(grant) not in wanted:
                is_other |= _end(grant, at)
            else:
                is_other |= _move(grant, starts_at, ends_at)
        known = {_what(grant) for grant in held}
        if wanted - known and (ends_at is None or ends_at > starts_at):
            is_other = True
            Entitlement.objects.bulk_create(
                [
                    Entitlement(
                        reader=reader,
                        benefit=what.benefit,
                        named=what.named,
                        source=source,
                        source_ref=ref,
                        starts_at=starts_at,
                        ends_at=ends_at,
                    )
                    for what in sorted(wanted - known)
                ],
                ignore_conflicts=True,
            )
        if is_other:
            note_benefits(reader=reader, at=at)
    return is_other


def end_grants(*, source: Source, ref: str, at: datetime, reader: Reader | None = None) -> bool:
    """End all grants of one source now, or only one reader's. Whether there were any."""
    found = Entitlement.objects.filter(source=source, source_ref=ref).select_related("reader")
    with transaction.atomic():
        grants = found if reader is None else found.filter(reader=reader)
        ended = {grant.reader_id: grant.reader for grant in grants if _end(grant, at)}
        for each in ended.values():
            note_benefits(reader=each, at=at)
    return bool(ended)


def _what(grant: Entitlement) -> Granted:
    return Granted(Benefit(grant.benefit), grant.named)


def _move(grant: Entitlement, starts_at: datetime, ends_at: datetime | None) -> bool:
    """Whether that made a difference."""
    if ends_at is not None and ends_at <= grant.starts_at:
        grant.delete()
    elif grant.ends_at != ends_at:
        grant.ends_at = ends_at
        grant.save(update_fields=["ends_at"])
    else:
        return False
    return True


def _end(grant: Entitlement, at: datetime) -> bool:
    """Whether that made a difference."""
    if grant.ends_at is not None and grant.ends_at <= at:
        return False
    if grant.starts_at >= at:
        grant.delete()
        return True
    grant.ends_at = at
    grant.save(update_fields=["ends_at"])
    return True
