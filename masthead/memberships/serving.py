"""What the desk does for one member: give, give back, cancel. Each is in the audit log."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.memberships import managing
from masthead.memberships.jobs import compare_now
from masthead.memberships.mirroring import follow_membership
from masthead.memberships.models import Invoice, Membership, Plan, Purchase
from masthead.memberships.money import in_words
from masthead.memberships.providers.choosing import provider
from masthead.memberships.selling import follow_payment
from masthead.memberships.standings import benefits_in
from masthead.readers.actions import grant_entitlement
from masthead.readers.models import Entitlement, Reader


class NothingLeft(Exception):
    """There is nothing of it to give back; the text can be shown to a person."""


def give_plan(
    *, reader: Reader, plan: Plan, by: User, at: datetime, until: datetime | None
) -> None:
    """What the plan grants, for nothing. Given again, only its end changes. until: None: no end."""
    with transaction.atomic():
        for what in benefits_in(plan):
            grant_entitlement(
                reader=reader, benefit=what.benefit, named=what.named, by=by, at=at, until=until
            )
        data = {"plan": plan.name, "until": until.isoformat() if until else ""}
        log(reader, "memberships.give", user=by, data=data)


def end_given(*, reader: Reader, by: User, at: datetime) -> int:
    """All that was given by hand; what is paid for stays. How many benefits ended."""
    with transaction.atomic():
        held = Entitlement.objects.filter(reader=reader, source=Entitlement.Source.BY_HAND)
        running = [each for each in held if each.ends_at is None or each.ends_at > at]
        for grant in running:
            if grant.starts_at >= at:
                grant.delete()
            else:
                grant.ends_at = at
                grant.save(update_fields=["ends_at"])
        if running:
            log(reader, "memberships.end-given", user=by, data={"benefits": len(running)})
    return len(running)


def give_invoice_back(
    *, invoice: Invoice, amount_cents: int | None, by: User, at: datetime
) -> None:
    """
    A bill's money, or a part of it, back to the card. All of it ends what it paid for.

    Said twice at once, it is given back once. Raises NothingLeft, ProviderTrouble.
    """
    left = invoice.paid_cents - invoice.refunded_cents
    amount = _allowed(amount_cents, left if invoice.payment_ref else 0)
    key = f"back-{invoice.payment_ref}-{invoice.refunded_cents}-{amount}"
    provider().give_back(invoice.payment_ref, amount_cents=amount, key=key)
    data = {"invoice": invoice.number, "amount": in_words(amount, invoice.currency)}
    log(invoice.customer.reader or by, "memberships.give-back", user=by, data=data)
    if invoice.membership is not None:
        follow_membership(ref=invoice.membership.ref, at=at)


def give_purchase_back(
    *, purchase: Purchase, amount_cents: int | None, by: User, at: datetime
) -> None:
    """A gift or a donation. All of a gift takes its code, or what came of it. Raises as above."""
    left = purchase.paid_cents - purchase.refunded_cents
    is_ours = purchase.payment_ref and not purchase.is_disputed  # the bank takes it by itself
    amount = _allowed(amount_cents, left if is_ours else 0)
    key = f"back-{purchase.payment_ref}-{purchase.refunded_cents}-{amount}"
    provider().give_back(purchase.payment_ref, amount_cents=amount, key=key)
    data = {"amount": in_words(amount, purchase.price.currency), "what": purchase.kind}
    log(purchase.reader or by, "memberships.give-back", user=by, data=data)
    follow_payment(purchase=purchase, ref=purchase.payment_ref, at=at)


def _allowed(amount_cents: int | None, left: int) -> int:
    if left <= 0:
        raise NothingLeft(_("There is nothing left of it to give back."))
    amount = left if amount_cents is None else amount_cents
    if not 0 < amount <= left:
        raise NothingLeft(_("That is more than was paid and not given back yet."))
    return amount


def compare(*, by: User, at: datetime) -> None:
    """Everything with the provider's books, as a job: it asks for each membership by itself."""
    with transaction.atomic():
        compare_now.later()
        log(by, "memberships.compare", user=by)


def cancel(*, member: Membership, at_once: bool, by: User, at: datetime) -> Membership:
    """
    At the end of what is paid for, or at once; money is given back only bill by bill.

    Raises managing.NotPossible, ProviderTrouble.
    """
    if at_once:
        ended = managing.end_at_once(member=member, at=at)
    else:
        ended = managing.leave(member=member, at=at)
    data = {"plan": member.plan.name if member.plan else "", "at_once": at_once}
    log(member.customer.reader or by, "memberships.cancel", user=by, data=data)
    return ended
