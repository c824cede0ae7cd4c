"""Writes that members make themselves: leave, stay, pause, switch, withdraw."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from masthead.memberships.doubles import has_plan, hear_of_running
from masthead.memberships.mirroring import follow_membership
from masthead.memberships.models import Invoice, Membership, Price
from masthead.memberships.providers.base import MembershipState, Preview
from masthead.memberships.providers.choosing import provider
from masthead.memberships.selling import hear_of_open

WITHDRAWAL = timedelta(days=14)  # Directive 2011/83/EU, article 9; the UK's is the same
LONGEST_PAUSE = timedelta(days=92)


class NotPossible(Exception):
    """Not with this membership, or not any more; the text can be shown to a person."""


def leave(*, member: Membership, at: datetime) -> Membership:
    """
    At the end of what is paid for; until then nothing changes, and what was planned for then does
    not come. Raises ProviderTrouble.
    """
    _still_runs(member)
    provider().leave_at_period_end(member.ref, leaves=True, key=key_of("leave", member))
    return anew(member, at)


def end_at_once(*, member: Membership, at: datetime) -> Membership:
    """Now; nothing is charged any more, and nothing given back. Raises ProviderTrouble."""
    _still_runs(member)
    provider().end_now(member.ref, key=f"end-{member.ref}")
    return anew(member, at)


def stay(*, member: Membership, at: datetime) -> Membership:
    """Takes `leave` back, as long as the membership runs; what was planned before comes."""
    _still_runs(member)
    provider().leave_at_period_end(member.ref, leaves=False, key=key_of("stay", member))
    return anew(member, at)


def pause(*, member: Membership, at: datetime) -> Membership:
    """
    Nothing is charged and, once what is paid for has ended, nothing is had; then it goes on, with a
    period that begins and is paid for at that moment (`resuming`).
    """
    can_change(member)
    until = member.period_ends_at + LONGEST_PAUSE
    provider().pause(member.ref, until=until, key=key_of("pause", member))
    return anew(member, at)


def go_on(*, member: Membership, at: datetime) -> Membership:
    can_change(member)
    provider().go_on(member.ref, key=key_of("go-on", member))
    return anew(member, at)


def preview_switch(*, member: Membership, price: Price) -> Preview | None:
    """What it costs now; None when it begins with the next period and costs nothing now."""
    can_change(member)
    if not is_now(member, price):
        return None
    return provider().preview_switch(state_of(member), price_ref=price.ref)


def switch(
    *, member: Membership, price: Price, at: datetime, said_at: datetime | None = None
) -> Membership:
    """
    What is dearer begins now and costs what the preview of `said_at` said; what is cheaper begins
    when the paid period ends. Raises NotPossible, ProviderTrouble.
    """
    can_change(member)
    if price.ref == member.price_ref or not price.ref or price.currency != member.currency:
        raise NotPossible(_("That cannot be switched to."))
    reader = member.customer.reader
    if reader is not None:
        hear_of_open(plan=price.plan, reader=reader, at=at)
        hear_of_running(reader=reader, at=at, beside=member)
    if reader is not None and has_plan(reader=reader, plan=price.plan, beside=member):
        raise NotPossible(_("You have that plan already, beside this one."))
    moment = f"{said_at.timestamp():.0f}" if said_at else "0"
    key = key_of(f"switch-{price.public_id}-{moment}", member)
    if is_now(member, price):
        provider().switch_now(state_of(member), price_ref=price.ref, said_at=said_at, key=key)
    else:
        seats = member.next_quantity or member.quantity
        provider().switch_later(state_of(member), price_ref=price.ref, quantity=seats, key=key)
    return anew(member, at)


def is_now(member: Membership, price: Price) -> bool:
    """Whether a year of the new price costs more than a year of the old."""
    new = price.amount_cents * member.quantity
    return _a_year(new, price.every) > _a_year(member.amount_cents, member.every)


def can_withdraw(member: Membership, *, at: datetime) -> bool:
    is_in_time = at < member.started_at + WITHDRAWAL
    # What a bank is taking back already is not given back beside it.
    return is_in_time and member.status in {"active", "trialing"} and not member.is_disputed


def withdraw(*, member: Membership, at: datetime) -> Membership:
    """
    Ends it now and gives back what was paid. Raises NotPossible, ProviderTrouble.

    Given back before it is ended: killed in between, the same again does the rest.
    """
    if not can_withdraw(member, at=at):
        can_change(member)
        raise NotPossible(_("The 14 days for withdrawing are over."))
    there = provider()
    for invoice in Invoice.objects.filter(membership=member, status="paid").order_by("pk"):
        if invoice.payment_ref and invoice.refunded_cents < invoice.paid_cents:
            there.give_back(
                invoice.payment_ref, amount_cents=None, key=f"withdraw-{invoice.payment_ref}"
            )
    there.end_now(member.ref, key=f"withdraw-{member.ref}")
    return anew(member, at)


def _still_runs(member: Membership) -> None:
    if member.status not in {"active", "trialing", "past_due"}:
        raise NotPossible(_("This membership has ended."))


def can_change(member: Membership) -> None:
    """Raises NotPossible."""
    _still_runs(member)
    if member.is_disputed:
        raise NotPossible(
            _("Your bank wants a payment back; until that is decided nothing can be changed.")
        )


def anew(member: Membership, at: datetime) -> Membership:
    return follow_membership(ref=member.ref, at=at) or member


def key_of(action: str, member: Membership) -> str:
    """The same until its state has been read again, so that a second click does nothing."""
    return f"{action}-{member.ref}-{member.read_at.timestamp():.6f}"


def _a_year(cents: int, every: str) -> int:
    return cents * 12 if every == "month" else cents


def state_of(member: Membership) -> MembershipState:
    return MembershipState(
        ref=member.ref,
        item_ref=member.item_ref,
        customer_ref=member.customer.ref,
        reference="",
        status=member.status,
        price_ref=member.price_ref,
        plan_ref=member.plan.ref if member.plan else "",
        next_price_ref=member.next_price_ref,
        next_quantity=member.next_quantity,
        schedule_ref=member.schedule_ref,
        quantity=member.quantity,
        currency=member.currency,
        amount_cents=member.amount_cents,
        every=member.every,
        started_at=member.started_at,
        period_starts_at=member.period_starts_at,
        period_ends_at=member.period_ends_at,
        trial_ends_at=member.trial_ends_at,
        cancel_at=member.cancel_at,
        ended_at=member.ended_at,
        is_paused=member.is_paused,
        paused_until=member.paused_until,
    )
