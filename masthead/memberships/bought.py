"""What a purchase has come to, for the browser in which it was made."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from masthead.memberships.models import Membership, Purchase
from masthead.memberships.standings import benefits_in
from masthead.readers.classes import Bought, note_purchase
from masthead.readers.models import Entitlement


def find_bought(public_ids: Collection[UUID]) -> dict[UUID, Bought]:
    """Of paid memberships; gifts, donations and seats give their buyer's browser nothing."""
    found = Purchase.objects.filter(
        public_id__in=public_ids,
        kind=Purchase.Kind.MEMBERSHIP,
        state=Purchase.State.PAID,
        membership__isnull=False,
        reader__isnull=False,
    ).select_related("membership", "price__plan")
    return {
        each.public_id: Bought(
            reader_id=each.reader_id or 0,
            source=Entitlement.Source.SUBSCRIPTION,
            ref=each.membership.ref,
            benefits=frozenset(what.benefit for what in benefits_in(each.price.plan)),
        )
        for each in found
        if each.membership is not None
    }


def note_bought(*, member: Membership, at: datetime) -> None:
    """Say that it has come to something else; call in the transaction that makes it so."""
    found = Purchase.objects.filter(membership=member, kind=Purchase.Kind.MEMBERSHIP)
    for public_id in found.values_list("public_id", flat=True):
        note_purchase(public_id=public_id, at=at)
