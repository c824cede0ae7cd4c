"""Checkout sessions: a page on which somebody pays, and what comes of it."""

from typing import Any

from masthead.memberships.standin import catalogue, discounts
from masthead.memberships.standin.books import Thing, Till, private
from masthead.memberships.standin.calendar import DAY
from masthead.memberships.standin.customers import (
    ASKS,
    BOUNCES,
    DECLINED,
    TAKES_DAYS,
    add_card,
    add_customer,
)
from masthead.memberships.standin.encoding import whole
from masthead.memberships.standin.errors import Refusal, declined, lacking
from masthead.memberships.standin.events import emit
from masthead.memberships.standin.payments import charge
from masthead.memberships.standin.subscriptions import begin
from masthead.memberships.standin.taxes import is_asked, part_of, refuse_without_address

GOOD_FOR = DAY
MONEY_TAKES = 3 * DAY  # of a way to pay that takes days


class AsksOwner(Exception):
    """The card's bank wants its owner to say yes first (3-D Secure)."""


def open_session(till: Till, given: dict[str, Any], *, pages: str) -> Thing:
    """pages: where hosted pages are, without a slash at the end."""
    mode = given.get("mode")
    if mode not in {"subscription", "payment"}:
        raise lacking("mode")
    if not given.get("line_items") or not given.get("success_url"):
        raise lacking("line_items" if not given.get("line_items") else "success_url")
    if given.get("customer"):
        till.get("customer", given["customer"])
    refuse_without_address(given)
    bought = given["line_items"][0]
    price = catalogue.price_from(till, bought)
    if bought.get("price") and not price["active"]:
        raise Refusal("The price specified is inactive. This field only accepts active prices.")
    if (mode == "subscription") != bool(price["recurring"]):
        raise Refusal("You must provide at least one recurring price in `subscription` mode.")
    quantity = whole(bought.get("quantity"), 1)
    until = whole(given.get("expires_at"), till.now + GOOD_FOR)
    session = till.add(
        "cs_test_",
        "checkout.session",
        {
            "mode": mode,
            "status": "open",
            "payment_status": "unpaid",
            "customer": given.get("customer"),
            "customer_email": given.get("customer_email"),
            "customer_details": None,
            "client_reference_id": given.get("client_reference_id"),
            "currency": price["currency"],
            "amount_subtotal": price["unit_amount"] * quantity,
            "amount_total": price["unit_amount"] * quantity,
            "automatic_tax": {"enabled": is_asked(given)},
            "total_details": {"amount_tax": 0, "amount_discount": 0, "amount_shipping": 0},
            "success_url": given["success_url"],
            "cancel_url": given.get("cancel_url"),
            "expires_at": until,
            "subscription": None,
            "payment_intent": None,
            "invoice": None,
            "metadata": given.get("metadata") or {},
        },
        due=until,
    )
    session["url"] = f"{pages}/pay/{session['id']}"
    private(session).update(
        price=price["id"],
        quantity=quantity,
        discounts=given.get("discounts") or [],
        subscription_data=given.get("subscription_data") or {},
        payment_metadata=(given.get("payment_intent_data") or {}).get("metadata") or {},
    )
    till.save(session, due=until)
    return session


def complete(
    till: Till, session: Thing, *, last4: str, email: str = "", owner_agreed: bool = False
) -> Thing:
    """
    Somebody pays with a card. Nothing is made when it is declined.

    Raises AsksOwner, and Refusal when the card is declined or the page is no longer open.
    """
    _refuse_closed(session)
    if last4 == DECLINED:
        raise declined()
    if last4 == ASKS and not owner_agreed:
        raise AsksOwner
    customer = _customer(till, session, email)
    card = add_card(till, customer, last4)
    own = private(session)
    price = till.get("price", own["price"])
    if session["mode"] == "subscription":
        data = own["subscription_data"]
        made = begin(
            till,
            customer,
            price,
            quantity=own["quantity"],
            trial_days=whole(data.get("trial_period_days")),
            discounts=own["discounts"],
            metadata=data.get("metadata"),
            is_taxed=is_asked(session),
        )
        first = till.get("invoice", made["latest_invoice"])
        session.update(
            subscription=made["id"], invoice=first["id"], amount_total=first["amount_due"]
        )
        paid = "paid" if first["amount_due"] else "no_payment_required"
    else:
        names = [discounts.redeem(till, each)["id"] for each in own["discounts"]]
        full = price["unit_amount"] * own["quantity"]
        amount = full - discounts.discounted(till, names, full, price["currency"])
        metadata = own["payment_metadata"]
        session["amount_total"] = amount
        takes_days = last4 in {TAKES_DAYS, BOUNCES}
        if takes_days:
            own["card"] = card["id"]
        elif amount:
            intent = charge(till, customer, card, amount, price["currency"], metadata)
            session["payment_intent"] = intent["id"]
        paid = ("unpaid" if takes_days else "paid") if amount else "no_payment_required"
    if is_asked(session):
        session["total_details"]["amount_tax"] = part_of(session["amount_total"])
    session.update(status="complete", payment_status=paid, customer=customer["id"])
    session["customer_details"] = {"email": customer["email"], "name": customer["name"]}
    till.save(session, due=till.now + MONEY_TAKES if paid == "unpaid" else None)
    emit(till, "checkout.session.completed", session)
    return session


def come_due(till: Till, session: Thing) -> Thing:
    """It closes; or the money of a way to pay that takes days has come, or is refused."""
    if session["status"] == "open":
        return expire(till, session)
    own = private(session)
    customer = till.get("customer", session["customer"])
    card = till.get("payment_method", own["card"])
    amount, metadata = session["amount_total"], own["payment_metadata"]
    if card["card"]["last4"] == BOUNCES:
        refused = {"customer": customer["id"], "amount": amount, "latest_charge": None}
        refused |= {"status": "requires_payment_method", "metadata": metadata}
        session["payment_intent"] = till.add("pi_", "payment_intent", refused)["id"]
        till.save(session)
        emit(till, "checkout.session.async_payment_failed", session)
        return session
    intent = charge(till, customer, card, amount, session["currency"], metadata)
    session.update(payment_intent=intent["id"], payment_status="paid")
    till.save(session)
    emit(till, "checkout.session.async_payment_succeeded", session)
    return session


def _refuse_closed(session: Thing) -> None:
    if session["status"] != "open":
        raise Refusal("This page is no longer open.", code="checkout_session_not_open")


def _customer(till: Till, session: Thing, email: str) -> Thing:
    if session["customer"]:
        return till.get("customer", session["customer"])
    return add_customer(till, {"email": session["customer_email"] or email})


def expire(till: Till, session: Thing) -> Thing:
    """Raises Refusal when the page is no longer open."""
    _refuse_closed(session)
    session["status"] = "expired"
    till.save(session)
    emit(till, "checkout.session.expired", session)
    return session
