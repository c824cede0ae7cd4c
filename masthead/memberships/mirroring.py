"""Keeping the mirror: read anew from the provider, written in one go, entitlements with it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from masthead.memberships import disputes, doubles, groups, letters, resuming
from masthead.memberships.access import Standing, access_until
from masthead.memberships.bought import note_bought
from masthead.memberships.models import (
    Customer,
    Group,
    Invoice,
    Membership,
    Plan,
    Price,
    Purchase,
)
from masthead.memberships.providers.base import InvoiceState, MembershipState
from masthead.memberships.providers.choosing import provider
from masthead.memberships.standings import benefits_in, standing_of
from masthead.readers.granting import end_grants, settle_grants
from masthead.readers.models import Entitlement

Source = Entitlement.Source


def follow_membership(*, ref: str, at: datetime) -> Membership | None:
    """
    Ask about one membership and write what is true now; None when it is not one of ours.

    Whatever notices came, in whichever order and how often: this reads the present state, and an
    answer that was asked for earlier never replaces a later one. The network is asked before the
    transaction begins. Raises ProviderTrouble.
    """
    there, read_at = provider(), timezone.now()
    state = there.read_membership(ref)
    return write_mirror(state=state, invoices=there.invoices(ref), read_at=read_at, at=at)


def write_mirror(
    *, state: MembershipState, invoices: list[InvoiceState], read_at: datetime, at: datetime
) -> Membership | None:
    """read_at: just before the provider was asked."""
    plan = _plan_of(state)
    with transaction.atomic():
        purchase = _purchase_of(state)
        customer = _customer_of(state, purchase)
        if customer is None or (plan is None and purchase is None):
            return None
        before = Membership.objects.select_for_update().filter(ref=state.ref).first()
        if before is not None and before.read_at > read_at:
            return before
        was = before.status if before else ""
        was_paused = before is not None and before.is_paused
        standing = standing_of(state, invoices)
        member = before or Membership(ref=state.ref, customer=customer)
        _copy(member, state, plan or (purchase.price.plan if purchase else None), standing, read_at)
        member.save()
        newly_paid = _write_invoices(member, invoices)
        if purchase is not None and purchase.membership_id is None:
            purchase.membership = member
            purchase.save(update_fields=["membership"])
        if purchase is not None and purchase.kind == Purchase.Kind.GROUP:
            groups.open_bought(member=member, purchase=purchase, at=at)
        settle_benefits(member=member, standing=standing, at=at)
        if disputes.is_unsettled(member, invoices):
            disputes.settle_dispute.later(membership_id=member.pk)
        resuming.resume_later(member=member, was_paused=was_paused, state=state, invoices=invoices)
        if purchase is not None and doubles.is_double(member=member, purchase=purchase):
            doubles.note_double(purchase)
            if not doubles.is_settled(member):
                doubles.give_double_back.later(membership_id=member.pk)
        else:
            letters.tell(member=member, was=was, newly_paid=newly_paid)
    return member


def settle_benefits(*, member: Membership, standing: Standing, at: datetime) -> None:
    """The grants that come of it: the payer's, or those of a group's seats."""
    group = Group.objects.select_related("membership__plan").filter(membership=member).first()
    if group is not None:
        groups.settle_group(group=group, at=at)
        return
    until, reader = access_until(standing), member.customer.reader
    is_other = False
    if until is None or until <= standing.started_at:
        is_other = end_grants(source=Source.SUBSCRIPTION, ref=member.ref, at=at)
    elif reader is not None:
        is_other = settle_grants(
            reader=reader,
            source=Source.SUBSCRIPTION,
            ref=member.ref,
            benefits=benefits_in(member.plan),
            starts_at=standing.started_at,
            ends_at=until,
            at=at,
        )
    if is_other:
        note_bought(member=member, at=at)


def _plan_of(state: MembershipState) -> Plan | None:
    price = Price.objects.select_related("plan").filter(ref=state.price_ref).first()
    if price is not None:
        return price.plan
    return Plan.objects.filter(ref=state.plan_ref).exclude(ref="").first()


def _purchase_of(state: MembershipState) -> Purchase | None:
    try:
        found = Purchase.objects.select_related("price__plan", "reader")
        return found.filter(public_id=state.reference).first() if state.reference else None
    except ValueError:  # somebody else's mark
        return None


def _customer_of(state: MembershipState, purchase: Purchase | None) -> Customer | None:
    known = Customer.objects.select_related("reader").filter(ref=state.customer_ref).first()
    if known is not None or purchase is None:
        return known
    made, _new = Customer.objects.get_or_create(
        ref=state.customer_ref, defaults={"reader": purchase.reader}
    )
    return made


def _copy(
    member: Membership,
    state: MembershipState,
    plan: Plan | None,
    standing: Standing,
    read_at: datetime,
) -> None:
    for name in (
        "item_ref",
        "price_ref",
        "next_price_ref",
        "next_quantity",
        "schedule_ref",
        "status",
        "quantity",
        "currency",
        "amount_cents",
        "every",
        "started_at",
        "period_starts_at",
        "period_ends_at",
        "trial_ends_at",
        "cancel_at",
        "ended_at",
        "is_paused",
        "paused_until",
    ):
        setattr(member, name, getattr(state, name))
    member.plan, member.read_at = plan, read_at
    member.paid_until, member.is_disputed = standing.paid_until, standing.is_disputed


def _write_invoices(member: Membership, invoices: list[InvoiceState]) -> list[Invoice]:
    """Answers those that were not known as paid before."""
    known = {each.ref: each for each in Invoice.objects.filter(membership=member)}
    newly_paid = []
    for state in invoices:
        row = known.get(state.ref) or Invoice(ref=state.ref)
        if state.status == "paid" and row.status != "paid" and state.paid_cents:
            newly_paid.append(row)
        for name in (
            "number",
            "payment_ref",
            "status",
            "reason",
            "currency",
            "total_cents",
            "tax_cents",
            "paid_cents",
            "refunded_cents",
            "is_disputed",
            "attempts",
            "next_try_at",
            "period_starts_at",
            "period_ends_at",
            "made_at",
            "paid_at",
            "url",
        ):
            setattr(row, name, getattr(state, name))
        row.customer, row.membership = member.customer, member
        row.save()
    return newly_paid
