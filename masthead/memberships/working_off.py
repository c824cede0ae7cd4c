"""From a notice to what has to be read anew."""

from datetime import datetime

from masthead.memberships import letters
from masthead.memberships.mirroring import follow_membership
from masthead.memberships.models import Customer, Invoice, Membership, Price, Purchase
from masthead.memberships.providers.base import NotThere
from masthead.memberships.providers.choosing import provider
from masthead.memberships.selling import follow_payment, settle_purchase

NOTHING = "nothing to do"
OF_PAYMENTS = {"charge", "refund", "dispute", "payment_intent", "radar.early_fraud_warning"}


def work_off(*, kind: str, names: dict[str, str], at: datetime) -> str:
    """
    names: "kind" and "about" of what the notice is about, and by which other names it can be found.
    Answers what was done, in a few words. Raises ProviderTrouble; the job tries again.
    """
    about = names.get("kind", "")
    try:
        if about == "checkout.session":
            return _page(names, at)
        if about == "subscription":
            return _membership(names["about"], kind, at)
        if about == "invoice":
            return _membership(names.get("subscription", ""), kind, at)
        if about in OF_PAYMENTS:
            return _payment(names, at)
        if about == "customer":
            return _customer(names["about"], at)
        if about == "price" and kind in {"price.updated", "price.deleted"}:
            return f"prices looked at: {Price.objects.filter(ref=names['about']).count()}"
    except NotThere:
        return "not there any more"
    return NOTHING


def _page(names: dict[str, str], at: datetime) -> str:
    found = Purchase.objects.select_related("price__plan", "reader")
    purchase = found.filter(ref=names["about"]).first()
    if purchase is None:
        return "not one of ours"
    return f"purchase {settle_purchase(purchase=purchase, at=at).state}"


def _membership(ref: str, kind: str, at: datetime) -> str:
    member = follow_membership(ref=ref, at=at) if ref else None
    if member is None:
        return "not one of ours"
    if kind == "customer.subscription.trial_will_end":
        about = f"{member.period_ends_at:%Y-%m-%d}"
        letters.write(member=member, kind="trial_ending", about=about, at=at)
    if kind == "invoice.upcoming" and member.every == "year":
        about = f"{member.period_ends_at:%Y-%m-%d}"
        letters.write(member=member, kind="renewal", about=about, at=at)
    return f"membership {member.status}"


def _payment(names: dict[str, str], at: datetime) -> str:
    payment = names.get("payment_intent") or names["about"]
    if not payment.startswith("pi_"):
        return NOTHING
    purchase = Purchase.objects.select_related("price__plan", "reader").filter(payment_ref=payment)
    if (bought := purchase.first()) is not None:
        follow_payment(purchase=bought, ref=payment, at=at)
        return "payment read"
    known = Invoice.objects.filter(payment_ref=payment).select_related("membership").first()
    if known is not None and known.membership is not None:
        ref = known.membership.ref
    else:
        ref = provider().membership_of_payment(payment)
    return _membership(ref, "", at) if ref else NOTHING


def _customer(ref: str, at: datetime) -> str:
    customer = Customer.objects.filter(ref=ref).first()
    if customer is None:
        return "not one of ours"
    known = list(Membership.objects.filter(customer=customer).values_list("ref", flat=True))
    for each in known:
        follow_membership(ref=each, at=at)
    return f"memberships read: {len(known)}"
