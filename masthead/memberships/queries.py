"""Reads about members."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from masthead.memberships.doubles import IN_FORCE
from masthead.memberships.models import Group, Invoice, Membership, Price, Seat
from masthead.memberships.providers.choosing import selling_account
from masthead.readers.models import Entitlement, Reader


def memberships_of(reader: Reader) -> QuerySet[Membership]:
    found = Membership.objects.filter(customer__reader=reader)
    return found.select_related("plan", "customer__reader").order_by("-started_at", "-pk")


def get_membership(*, reader: Reader, public_id: UUID) -> Membership:
    """One's own. Raises Membership.DoesNotExist."""
    return memberships_of(reader).get(public_id=public_id)


def invoices_of(reader: Reader) -> QuerySet[Invoice]:
    return Invoice.objects.filter(customer__reader=reader).order_by("-made_at", "-pk")


def prices_to_switch_to(member: Membership) -> list[Price]:
    """On sale, in the same currency, other than the one that runs."""
    found = Price.objects.filter(
        is_on_sale=True,
        is_readers_choice=False,
        currency=member.currency,
        plan__is_on_sale=True,
        plan__is_for_groups=Group.objects.filter(membership=member).exists(),
        plan__sold_by=selling_account(),
    )
    others = found.exclude(ref=member.price_ref).exclude(ref="").exclude(every=Price.Every.ONCE)
    return list(others.select_related("plan").order_by("plan__order", "plan", "amount_cents", "pk"))


def prices_planned(members: Iterable[Membership]) -> dict[str, Price]:
    """By what the provider calls them: those that begin with the next period. One query at most."""
    refs = {each.next_price_ref for each in members} - {""}
    found = Price.objects.filter(ref__in=refs).select_related("plan") if refs else []
    return {each.ref: each for each in found}


STATES: dict[str, Q] = {
    "running": Q(status__in=IN_FORCE),
    "trial": Q(status="trialing"),
    "failing": Q(status="past_due"),
    "leaving": Q(status__in=IN_FORCE, cancel_at__isnull=False),
    "paused": Q(status__in=IN_FORCE, is_paused=True),
    "ended": Q(status="canceled"),
}


def members(
    *, at: datetime, words: str = "", plan_id: int | None = None, state: str = ""
) -> QuerySet[Reader]:
    """
    Readers who have, or had, a membership, and those who have a benefit now; the newest first.

    words: part of the address. state: a key of `STATES`, or "given" for those who have something
    that nobody paid for. Each with its `entitlements` in force, at one query more.
    """
    held = Membership.objects.filter(customer__reader=OuterRef("pk"))
    grants = Entitlement.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), reader=OuterRef("pk"), starts_at__lte=at
    )
    if plan_id is not None:
        held = held.filter(plan=plan_id)
    if state in STATES:
        held = held.filter(STATES[state])
    given = Exists(grants.filter(source=Entitlement.Source.BY_HAND))
    if state == "given":
        wanted = Q(given)
    elif state or plan_id is not None:
        wanted = Q(Exists(held))
    else:
        wanted = Q(Exists(held)) | Q(Exists(grants))
    found = Reader.objects.filter(wanted, email__icontains=words)
    in_force = Entitlement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
    return found.prefetch_related(
        Prefetch("entitlements", in_force.order_by("benefit", "pk"))
    ).order_by("-joined_at", "-pk")


def memberships_by_reader(reader_ids: list[int]) -> dict[int, list[Membership]]:
    """The newest first. One query."""
    found = Membership.objects.filter(customer__reader__in=reader_ids).select_related(
        "plan", "customer"
    )
    by_reader: dict[int, list[Membership]] = {}
    for each in found.order_by("-started_at", "-pk"):
        by_reader.setdefault(each.customer.reader_id or 0, []).append(each)
    return by_reader


def groups_of(reader: Reader) -> QuerySet[Group]:
    """Those whose seats the reader gives away, the newest first."""
    found = Group.objects.filter(owner=reader).select_related("membership__plan", "plan")
    return found.order_by("-made_at", "-pk")


def seats_of(reader: Reader) -> list[Seat]:
    found = Seat.objects.filter(reader=reader).order_by("-taken_at", "-pk")
    return list(found.select_related("group__membership__plan", "group__plan"))
