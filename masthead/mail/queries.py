"""Reads about mail, for the desk."""

from typing import Any

from django.db.models import Q, QuerySet

from masthead.accounts.models import User
from masthead.mail.kinds import STAFF
from masthead.mail.models import Feedback, Letter, State, Suppression


def letters(
    *, address: str = "", kind: str = "", state: str = "", with_staff: bool
) -> QuerySet[Letter]:
    """The newest first; without what is in them. with_staff: also mail that lets people in."""
    found = Letter.objects.order_by("-made_at", "-pk").select_related("outlet").defer("prepared")
    if not with_staff:
        found = found.exclude(_to_staff())
    if address:
        found = found.filter(address__icontains=address)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(state=state) if state else found


def kinds_of_letters() -> list[str]:
    return list(Letter.objects.order_by("kind").values_list("kind", flat=True).distinct())


def letters_in_doubt() -> int:
    return Letter.objects.filter(over_at=None, state=State.IN_DOUBT).count()


def is_to_staff(address: str) -> bool:
    return _staff().filter(email__iexact=address).exists()


def suppressions(*, address: str = "") -> QuerySet[Suppression]:
    found = Suppression.objects.order_by("-since", "-pk").select_related("by")
    return found.filter(address__icontains=address) if address else found


def feedback(*, address: str = "", kind: str = "") -> QuerySet[Feedback]:
    found = Feedback.objects.order_by("-came_at", "-pk")
    if address:
        found = found.filter(address__icontains=address)
    return found.filter(kind=kind) if kind else found


def _to_staff() -> Q:
    return Q(kind__startswith=STAFF) | Q(address__in=_staff().values("email"))


def _staff() -> "QuerySet[Any]":
    return User.objects.filter(Q(is_superuser=True) | Q(assignments__isnull=False)).distinct()
