"""Money that moves: payment intents, charges, refunds, disputes."""

from masthead.memberships.standin.books import Thing, Till
from masthead.memberships.standin.customers import DECLINED, DECLINED_LATER
from masthead.memberships.standin.encoding import whole
from masthead.memberships.standin.errors import Refusal
from masthead.memberships.standin.events import emit


def takes(card: Thing | None, *, is_first: bool) -> bool:
    """Whether the card's bank pays."""
    if card is None:
        return False
    last4 = card["card"]["last4"]
    return last4 != DECLINED and (is_first or last4 != DECLINED_LATER)


def charge(
    till: Till, customer: Thing, card: Thing, amount: int, currency: str, metadata: Thing
) -> Thing:
    """A payment that succeeded; answers the intent."""
    intent = till.add(
        "pi_",
        "payment_intent",
        {
            "customer": customer["id"],
            "amount": amount,
            "amount_received": amount,
            "currency": currency,
            "status": "succeeded",
            "payment_method": card["id"],
            "latest_charge": None,
            "metadata": metadata,
        },
    )
    made = till.add(
        "ch_",
        "charge",
        {
            "customer": customer["id"],
            "payment_intent": intent["id"],
            "amount": amount,
            "amount_captured": amount,
            "amount_refunded": 0,
            "refunded": False,
            "disputed": False,
            "currency": currency,
            "status": "succeeded",
            "paid": True,
            "payment_method": card["id"],
            "payment_method_details": {"type": "card", "card": card["card"]},
            "metadata": metadata,
        },
    )
    intent["latest_charge"] = made["id"]
    till.save(intent)
    emit(till, "charge.succeeded", made)
    emit(till, "payment_intent.succeeded", intent)
    return intent


def add_refund(till: Till, given: Thing) -> Thing:
    """Of a charge or a payment intent; all that is left when no amount is said."""
    paid = _charge_of(till, given)
    left = paid["amount"] - paid["amount_refunded"]
    amount = whole(given.get("amount"), left)
    if not left:
        raise Refusal("Charge has already been refunded.", code="charge_already_refunded")
    if not 0 < amount <= left:
        raise Refusal("Refund amount is greater than unrefunded amount on charge.", param="amount")
    refund = till.add(
        "re_",
        "refund",
        {
            "charge": paid["id"],
            "payment_intent": paid["payment_intent"],
            "customer": paid["customer"],
            "amount": amount,
            "currency": paid["currency"],
            "status": "succeeded",
            "reason": given.get("reason"),
            "metadata": given.get("metadata") or {},
        },
    )
    paid["amount_refunded"] += amount
    paid["refunded"] = paid["amount_refunded"] == paid["amount"]
    till.save(paid)
    emit(till, "charge.refunded", paid)
    emit(till, "refund.created", refund)
    return refund


def _charge_of(till: Till, given: Thing) -> Thing:
    if given.get("charge"):
        return till.get("charge", given["charge"])
    intent = till.get("payment_intent", given.get("payment_intent"))
    return till.get("charge", intent["latest_charge"])


def open_dispute(till: Till, paid: Thing, reason: str = "fraudulent") -> Thing:
    dispute = till.add(
        "dp_",
        "dispute",
        {
            "charge": paid["id"],
            "payment_intent": paid["payment_intent"],
            "customer": paid["customer"],
            "amount": paid["amount"],
            "currency": paid["currency"],
            "status": "needs_response",
            "reason": reason,
        },
    )
    paid["disputed"] = True
    till.save(paid)
    emit(till, "charge.dispute.created", dispute)
    return dispute


def close_dispute(till: Till, dispute: Thing, *, won: bool) -> Thing:
    dispute["status"] = "won" if won else "lost"
    till.save(dispute)
    emit(till, "charge.dispute.closed", dispute)
    return dispute
