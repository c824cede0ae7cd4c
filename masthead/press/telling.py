"""Doors are told whose class became another: from the log of changes to this machine's ledger."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from masthead.changes import keys
from masthead.changes.models import Change
from masthead.press.door.classes import mark_of
from masthead.press.shelf import EVERYBODY, Shelf, Told
from masthead.press.variants import PUBLIC, variant_for
from masthead.readers.classes import GOOD_FOR, purchase_standings, standings

# An older cookie is good for a day; its clock may be another machine's.
KEPT = GOOD_FOR + timedelta(minutes=10)


def tell_classes(shelf: Shelf, changes: Iterable[Change]) -> None:
    """
    What the readers and purchases that these changes name may have now, whatever it was when they
    were noted.

    May be done again, and by several at once: it says what is true when it is said. One query, and
    two where purchases are among them.
    """
    readers: set[UUID] = set()
    purchases: set[UUID] = set()
    for key in (key for change in changes for key in change.keys):
        if (public_id := keys.whose(key)) is not None:
            (purchases if keys.is_purchase(key) else readers).add(public_id)
    if not readers and not purchases:
        return
    at = timezone.now()
    found = standings(public_ids=readers, at=at) if readers else {}
    if purchases:
        found |= purchase_standings(public_ids=purchases, at=at)
    shelf.tell(
        [
            Told(
                mark_of(public_id),
                variant_for(standing.benefits).name,
                standing.until.timestamp(),
                (at + KEPT).timestamp(),
            )
            for public_id, standing in found.items()
        ],
        now=at.timestamp(),
    )


def doubt_classes(shelf: Shelf, *, at: datetime) -> None:
    """Changes were missed: every cookie given before is renewed when it next comes."""
    moment = at.timestamp()
    shelf.tell([Told(EVERYBODY, PUBLIC.name, moment, (at + KEPT).timestamp())], now=moment)
