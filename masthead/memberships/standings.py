"""From what is known of a membership to its standing, which says how long its benefits last."""

from collections.abc import Iterable

from masthead.memberships.access import Standing
from masthead.memberships.models import Invoice, Membership, Plan
from masthead.memberships.providers.base import InvoiceState, MembershipState
from masthead.readers.benefits import Granted, read_granted


def benefits_in(plan: Plan | None) -> list[Granted]:
    return [read_granted(each) for each in plan.benefits] if plan else []


def standing_of(state: MembershipState, invoices: Iterable[InvoiceState]) -> Standing:
    """By what the provider has just said."""
    return _standing(state, invoices)


def standing_here(member: Membership) -> Standing:
    """The same by what was written down when it was last asked. One query."""
    return _standing(member, Invoice.objects.filter(membership=member))


def _standing(
    state: MembershipState | Membership, invoices: Iterable[InvoiceState | Invoice]
) -> Standing:
    paid = [each for each in invoices if each.status == "paid" and each.total_cents >= 0]
    newest = max(paid, key=lambda each: (each.period_ends_at, each.made_at), default=None)
    kept = [each.period_ends_at for each in paid if not is_given_back(each)]
    return Standing(
        status=state.status,
        started_at=state.started_at,
        period_ends_at=state.period_ends_at,
        trial_ends_at=state.trial_ends_at,
        cancel_at=state.cancel_at,
        ended_at=state.ended_at,
        paid_until=max(kept, default=None),
        is_given_back=newest is not None and is_given_back(newest),
        is_disputed=any(each.is_disputed for each in paid),
        is_paused=state.is_paused,
    )


def is_given_back(invoice: InvoiceState | Invoice) -> bool:
    return invoice.paid_cents > 0 and invoice.refunded_cents >= invoice.paid_cents
