"""Reads about readers."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from masthead.readers.budget import QUIET
from masthead.readers.models import Benefit, Entitlement, Flood, Reader


def benefits_of(*, user: Any, at: datetime) -> frozenset[Benefit]:
    """What a signed-in person may have at a moment: the union of the grants in force. One query."""
    if not user.is_authenticated:
        return frozenset()
    in_force = Entitlement.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), reader__user=user, starts_at__lte=at
    )
    return frozenset(Benefit(each) for each in in_force.values_list("benefit", flat=True))


def floods(*, at: datetime) -> QuerySet[Flood]:
    """Those that last: more mails are asked for than are sent."""
    return Flood.objects.filter(last_at__gt=at - QUIET).order_by("-began_at", "-pk")


def benefits_of_reader(*, reader: Reader, at: datetime) -> frozenset[Benefit]:
    """The same of a reader, signed in or not. One query."""
    in_force = Entitlement.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), reader=reader, starts_at__lte=at
    )
    return frozenset(Benefit(each) for each in in_force.values_list("benefit", flat=True))
