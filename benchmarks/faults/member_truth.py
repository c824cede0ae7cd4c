"""The stand-in's books against our mirror: every membership, bill and cent."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from masthead.memberships.access import access_until
from masthead.memberships.mirroring import standing_of
from masthead.memberships.models import Invoice, Membership, Plan, Purchase
from masthead.memberships.providers.choosing import provider, stand_in
from masthead.memberships.standin.books import private
from masthead.readers.queries import benefits_of_reader

RUNS = {"active", "trialing", "past_due"}


def differences() -> list[str]:
    """A line for each thing that is not as the books say."""
    with stand_in().books.writing() as till:
        kinds = ("subscription", "invoice", "charge", "customer", "invoice_payment", "dispute")
        there = {name: till.all(name) for name in kinds}
    return [
        *_memberships(there["subscription"]),
        *_invoices(there["invoice"], there["charge"]),
        *_doubles(there["subscription"], there["customer"]),
        *_disputes(there),
        *_benefits(),
    ]


def sums() -> tuple[list[int], list[int]]:
    """Cents paid and given back: ours, and what was charged there."""
    with stand_in().books.writing() as till:
        charges = till.all("charge")
    theirs = [sum(each[name] for each in charges) for name in ("amount", "amount_refunded")]
    ours = []
    for name in ("paid_cents", "refunded_cents"):
        parts = (each.objects.aggregate(all=Sum(name))["all"] or 0 for each in (Invoice, Purchase))
        ours.append(sum(parts))
    return ours, theirs


def _memberships(found: list[dict[str, Any]]) -> list[str]:
    ours = {each.ref: each for each in Membership.objects.all()}
    wrong = [f"{ref} is not there" for ref in ours.keys() - {each["id"] for each in found}]
    for each in found:
        item, mine = each["items"]["data"][0], ours.get(each["id"])
        if mine is None:
            wrong.append(f"{each['id']} is unknown here")
            continue
        told = (
            each["status"],
            item["price"]["id"],
            item["current_period_end"],
            each["cancel_at"],
            each["ended_at"],
            each["pause_collection"] is not None,
            item["quantity"],
            _planned_quantity(each),
        )
        known = (
            mine.status,
            mine.price_ref,
            _seconds(mine.period_ends_at),
            _seconds(mine.cancel_at),
            _seconds(mine.ended_at),
            mine.is_paused,
            mine.quantity,
            mine.next_quantity,
        )
        if told != known:
            wrong.append(f"{each['id']}: {told} there, {known} here")
    return wrong


def _planned_quantity(subscription: dict[str, Any]) -> int:
    """As the mirror has it: 0 where as many go on."""
    planned = private(subscription).get("next") if subscription["schedule"] else None
    quantity = subscription["items"]["data"][0]["quantity"]
    return planned["quantity"] if planned and planned["quantity"] != quantity else 0


def _invoices(found: list[dict[str, Any]], charges: list[dict[str, Any]]) -> list[str]:
    back = {each["payment_intent"]: each["amount_refunded"] for each in charges}
    ours = {each.ref: each for each in Invoice.objects.all()}
    wrong = []
    for each in found:
        mine = ours.get(each["id"])
        told = (each["status"], each["total"], each["amount_paid"])
        known = mine and (mine.status, mine.total_cents, mine.paid_cents)
        refunded = back.get(mine.payment_ref, 0) if mine else 0
        if told != known or (mine and mine.refunded_cents != refunded):
            wrong.append(f"{each['id']}: {told} there, {known} here")
    return wrong


def _doubles(found: list[dict[str, Any]], customers: list[dict[str, Any]]) -> list[str]:
    """Nobody pays for the same plan twice at once; a group beside it is another thing."""
    seats = set(Plan.objects.filter(is_for_groups=True).values_list("ref", flat=True))
    emails = {each["id"]: each["email"] for each in customers}
    running = Counter(
        (emails[each["customer"]], each["items"]["data"][0]["price"]["product"])
        for each in found
        if each["status"] in RUNS and each["items"]["data"][0]["price"]["product"] not in seats
    )
    return [f"{who} pays {times} times" for (who, _plan), times in running.items() if times > 1]


def _disputes(there: dict[str, list[dict[str, Any]]]) -> list[str]:
    """What a bank took back runs no more, and what it may yet take back is not charged."""
    bills = {each["id"]: each for each in there["invoice"]}
    paid_for = {
        each["payment_intent"]: bills[each["invoice"]]["parent"]["subscription_details"]
        for each in there["invoice_payment"]
    }
    running = {each["id"]: each for each in there["subscription"] if each["status"] in RUNS}
    wrong = []
    for dispute in there["dispute"]:
        name = paid_for.get(dispute["payment_intent"], {}).get("subscription")
        if name in running and dispute["status"] == "lost":
            wrong.append(f"{name} runs although its payment was lost")
        elif name in running and dispute["status"] == "needs_response":
            is_charged = running[name]["pause_collection"] is None
            wrong += [f"{name} is charged although its payment is disputed"] if is_charged else []
    return wrong


def _benefits() -> list[str]:
    """What each reader has now against what fresh answers of the provider give them."""
    now, there = timezone.now(), provider()
    due: dict[int, set[str]] = {}
    found = Membership.objects.select_related("customer__reader", "plan").order_by("pk")
    members = found.filter(group=None)  # seats that nobody was given give nobody anything
    for member in members:
        reader = member.customer.reader
        if reader is None or member.plan is None:
            continue
        state = there.read_membership(member.ref)
        until = access_until(standing_of(state, there.invoices(member.ref)))
        has = set(member.plan.benefits) if until and until > now else set()
        due.setdefault(reader.pk, set()).update(has)
    readers = {each.customer.reader for each in members if each.customer.reader}
    return [
        f"{reader.email}: {sorted(due.get(reader.pk, set()))} due"
        for reader in readers
        if {*map(str, benefits_of_reader(reader=reader, at=now))} != due.get(reader.pk, set())
    ]


def _seconds(at: datetime | None) -> int | None:
    return int(at.astimezone(UTC).timestamp()) if at else None
