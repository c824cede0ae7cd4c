"""From notices to what has to be read anew."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from masthead.memberships import letters
from masthead.memberships.mirroring import follow_membership
from masthead.memberships.models import Customer, Invoice, Membership, Purchase
from masthead.memberships.providers.base import Notice, NotThere
from masthead.memberships.providers.choosing import provider
from masthead.memberships.selling import follow_payment, settle_purchase

NOTHING = "nothing to do"
NOT_OURS = "not one of ours"
TRIAL_ENDS, RENEWS = "customer.subscription.trial_will_end", "invoice.upcoming"
PAYMENTS = ("charge.refunded", "charge.dispute.", "refund.", "radar.early_fraud_warning.")
CUSTOMERS = ("customer.updated", "customer.deleted")

# Reads a payment page, or a payment, of another feature anew: what was done, or None for one that
# is not its own.
Settle = Callable[[str, datetime], str | None]
_owners: dict[str, "Owner"] = {}


@dataclass(frozen=True)
class Owner:
    settle: Settle
    follow: Settle


def register_page_owner(name: str, settle: Settle, follow: Settle) -> None:
    """
    `settle(ref, at)` is asked about each payment page that no membership was bought on, and
    `follow(ref, at)` about each payment, e.g. when it was given back.

    Called at least once for each notice; raises ProviderTrouble to be called again.
    """
    if name in _owners:
        raise ValueError(f"There is an owner of payment pages called {name} already.")
    _owners[name] = Owner(settle, follow)


def subject_of(notice: Notice) -> str:
    """What a notice is about, as one word; empty for what is of no interest to us."""
    kind, hints = notice.kind, notice.hints
    if kind.startswith("checkout.session."):
        return f"page:{notice.about}"
    if kind.startswith("customer.subscription."):
        return f"membership:{notice.about}"
    if kind.startswith("invoice.") and hints.get("subscription"):
        return f"membership:{hints['subscription']}"
    if kind.startswith(PAYMENTS) and hints.get("payment_intent"):
        return f"payment:{hints['payment_intent']}"
    return f"customer:{notice.about}" if kind in CUSTOMERS else ""


def work_off(*, subject: str, kinds: Collection[str], at: datetime) -> str:
    """
    Read what is true of it now. kinds: of the notices that waited together.

    Answers what was done, in a few words. Raises ProviderTrouble; the job tries again.
    """
    what, _, ref = subject.partition(":")
    try:
        return {
            "page": _page,
            "membership": _membership,
            "payment": _payment,
            "customer": _customer,
        }[what](ref, kinds, at)
    except NotThere:
        return "not there any more"


def _page(ref: str, _kinds: Collection[str], at: datetime) -> str:
    found = Purchase.objects.select_related("price__plan", "reader")
    purchase = found.filter(ref=ref).first()
    if purchase is None:
        return _first(owner.settle(ref, at) for owner in _owners.values()) or NOT_OURS
    return f"purchase {settle_purchase(purchase=purchase, at=at).state}"


def _membership(ref: str, kinds: Collection[str], at: datetime) -> str:
    member = follow_membership(ref=ref, at=at)
    if member is None:
        return NOT_OURS
    about = f"{member.period_ends_at:%Y-%m-%d}"
    # Who has cancelled pays nothing, and is not told that they will.
    is_trial = member.status == Membership.Status.TRIALING and not member.cancel_at
    if TRIAL_ENDS in kinds and is_trial:
        letters.write_later(member=member, kind="trial_ending", about=about)
    if RENEWS in kinds and member.every == "year" and not member.cancel_at:
        letters.write_later(member=member, kind="renewal", about=about)
    return f"membership {member.status}"


def _payment(ref: str, kinds: Collection[str], at: datetime) -> str:
    found = Purchase.objects.select_related("price__plan", "reader")
    bought = found.filter(payment_ref=ref).first()
    if bought is not None:
        follow_payment(purchase=bought, ref=ref, at=at)
        return "payment read"
    known = Invoice.objects.filter(payment_ref=ref).select_related("membership").first()
    if known is not None and known.membership is not None:
        return _membership(known.membership.ref, kinds, at)
    if done := _first(owner.follow(ref, at) for owner in _owners.values()):
        return done
    member = provider().membership_of_payment(ref)
    return _membership(member, kinds, at) if member else NOT_OURS


def _first(answers: Iterable[str | None]) -> str | None:
    """Of the features whose page or payment it may be, the one whose it is."""
    return next(filter(None, answers), None)


def _customer(ref: str, _kinds: Collection[str], at: datetime) -> str:
    known = list(
        Membership.objects.filter(customer__ref=ref).order_by("pk").values_list("ref", flat=True)
    )
    for each in known:
        follow_membership(ref=each, at=at)
    is_ours = known or Customer.objects.filter(ref=ref).exists()
    return f"memberships read: {len(known)}" if is_ours else NOT_OURS
