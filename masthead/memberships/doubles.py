"""
Somebody buys with an address that has the plan already: the member forgot, or it is not theirs.

Telling them would tell anybody whose addresses are members'. So the page is opened as for all; the
address's owner is told by mail at once, and what is paid a second time ends and is given back.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.memberships.models import Invoice, Membership, Plan, Purchase
from masthead.memberships.providers.base import NotThere
from masthead.memberships.providers.choosing import provider
from masthead.readers.models import Reader

NOTICED_WITHIN = timedelta(days=14)
IN_FORCE = ("active", "trialing", "past_due")


def has_plan(
    *,
    reader: Reader,
    plan: Plan,
    beside: Membership | None = None,
    is_older: bool = False,
) -> bool:
    """
    Now, or from the end of what is paid for on. beside: another one than this; is_older: than this
    and of two of the same moment the one that we knew first.
    """
    found = Membership.objects.filter(
        Q(plan=plan) | Q(next_price_ref__in=plan.prices.exclude(ref="").values("ref")),
        customer__reader=reader,
        status__in=IN_FORCE,
        group=None,
    )
    if beside is not None:
        found = found.exclude(pk=beside.pk)
    if beside is not None and is_older:
        same = Q(started_at=beside.started_at, pk__lt=beside.pk)
        found = found.filter(Q(started_at__lt=beside.started_at) | same)
    return found.exists()


def hear_of_running(*, reader: Reader, at: datetime, beside: Membership | None = None) -> None:
    """
    Read what runs anew, so that whether a plan is had already is decided by what is true: of a
    switch whose notice was lost the mirror knows nothing. What is not there runs no more. Raises
    ProviderTrouble.
    """
    from masthead.memberships.mirroring import follow_membership

    running = Membership.objects.filter(customer__reader=reader, status__in=IN_FORCE)
    others = running if beside is None else running.exclude(pk=beside.pk)
    for ref in list(others.order_by("pk").values_list("ref", flat=True)):
        try:
            follow_membership(ref=ref, at=at)
        except NotThere:
            note_gone(ref=ref, at=at)


def note_gone(*, ref: str, at: datetime) -> None:
    """
    The account that takes the money knows nothing of it: it was another account's.

    It runs no more, so its reader can buy the plan here. What was paid for is had until its end;
    and should that account come back, the next look at it writes what is true.
    """
    Membership.objects.filter(ref=ref, status__in=IN_FORCE).update(
        status=Membership.Status.CANCELED, ended_at=at, read_at=at
    )


@job(retries=8, unique="{purchase_id}")
def look_for_double(*, purchase_id: int, **_: Any) -> None:
    """
    Whether a page was opened with an address that has the plan already; at least once.

    After the answer, so that it takes as long for every address. What has been paid meanwhile is
    looked at when it is read (`mirroring`).
    """
    from masthead.memberships.selling import hear_of_open

    found, now = Purchase.objects.select_related("price__plan", "reader"), timezone.now()
    purchase = found.get(pk=purchase_id)
    plan, reader = purchase.price.plan, purchase.reader
    if reader is None:
        return
    hear_of_open(plan=plan, reader=reader, at=now)
    hear_of_running(reader=reader, at=now)
    is_open = found.filter(pk=purchase_id, state=Purchase.State.OPEN).exists()
    if is_open and has_plan(reader=reader, plan=plan):
        note_double(purchase)


def note_double(purchase: Purchase) -> None:
    """And tell the owner of the address, once for each purchase."""
    with transaction.atomic():
        if note_detail(purchase, "double"):
            write_double_letter.later(purchase_id=purchase.pk)


def note_detail(purchase: Purchase, name: str) -> bool:
    """
    Say of a purchase that it is so, beside whatever else is said of it at the same moment; False
    when that is known.
    """
    with transaction.atomic():
        row = Purchase.objects.select_for_update().get(pk=purchase.pk)
        is_new = not row.details.get(name)
        if is_new:
            row.details[name] = True
            row.save(update_fields=["details"])
    purchase.details = row.details
    return is_new


def is_double(*, member: Membership, purchase: Purchase | None) -> bool:
    """
    Whether it was bought beside another of the same plan that runs: one that was known when its
    payment page was opened, or an older one that was switched to the plan before the page was paid.

    Noticed within two weeks, or never: what somebody had for longer is not given back by itself.
    """
    if purchase is None or purchase.reader is None or member.plan is None:
        return False
    is_as_bought = member.plan_id == purchase.price.plan_id
    is_new = timezone.now() < member.started_at + NOTICED_WITHIN
    if not (is_as_bought and is_new and purchase.kind == Purchase.Kind.MEMBERSHIP):
        return False
    return has_plan(reader=purchase.reader, plan=member.plan, beside=member, is_older=True)


def is_settled(member: Membership) -> bool:
    """Whether a double has ended and everything paid for it is given back."""
    return member.status not in IN_FORCE and not any(
        each.refunded_cents < each.paid_cents for each in _paid(member)
    )


@job(retries=12, give_up_after_seconds=3 * 86_400, unique="{membership_id}")
def give_double_back(*, membership_id: int, **_: Any) -> None:
    """Its money back, then its end; killed in between, the same again does the rest."""
    from masthead.memberships.mirroring import follow_membership

    member = Membership.objects.select_related("plan").get(pk=membership_id)
    purchase = Purchase.objects.filter(membership=member).select_related("price", "reader").first()
    if member.status in IN_FORCE and not is_double(member=member, purchase=purchase):
        return  # the other one has ended meanwhile
    there = provider()
    for invoice in _paid(member):
        if invoice.refunded_cents < invoice.paid_cents:
            key = f"double-{invoice.payment_ref}"
            there.give_back(invoice.payment_ref, amount_cents=None, key=key)
    if member.status in IN_FORCE:
        there.end_now(member.ref, key=f"double-{member.ref}")
    follow_membership(ref=member.ref, at=timezone.now())


def _paid(member: Membership) -> list[Invoice]:
    """But what the bank takes back by itself."""
    paid = Invoice.objects.filter(membership=member, status="paid", is_disputed=False)
    return list(paid.exclude(payment_ref="").order_by("pk"))


@job(retries=8, unique="{purchase_id}")
def write_double_letter(*, purchase_id: int, **_: Any) -> None:
    """At least once; the letter's key makes it one."""
    from masthead.memberships.letters import write_double

    purchase = Purchase.objects.select_related("reader", "price__plan").get(pk=purchase_id)
    write_double(purchase)
